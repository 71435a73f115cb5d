import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Prints the figures that the tests measured. */
export default class Table implements Reporter {
  #rows: string[][] = [];

  onTestEnd(_: TestCase, result: TestResult) {
    this.#rows.push(...result.annotations.filter((each) => each.type === 'figure').map((each) => each.description!.split('|')));
  }

  onEnd() {
    if (this.#rows.length > 0) {
      console.log(`\n${'interaction'.padEnd(57)}${'measured'.padEnd(48)}target`);
      this.#rows.forEach(([what, measured, target]) => console.log(what.padEnd(57) + measured.padEnd(48) + target));
    }
  }
}
