// The real thing for browser tests: a broker, the console's server, and a feeder of invented records, each a process of its own.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../../../', import.meta.url).pathname;
const TARGET = join(ROOT, 'console/server/target');
const tool = (name: string) => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', name) : name);
/** The first compiler only, where speed is not measured: most of these processes end before the second has paid for itself. */
const COMPILER = process.env.CONSOLE_BENCH ? [] : ['-XX:TieredStopAtLevel=1', '-XX:+UnlockDiagnosticVMOptions', '-XX:-BytecodeVerificationRemote'];

/** Whether Maven has built what is needed, with the tests of the server. */
export const isBuilt = existsSync(join(TARGET, 'test-classpath.txt')) && existsSync(join(TARGET, 'classpath.txt'));

class Child {
  #lines: string[] = [];
  #read = 0;
  #wake = () => {};
  readonly process: ChildProcess;

  constructor(command: string, args: string[], env: Record<string, string> = {}) {
    this.process = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
    let rest = '';
    this.process.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      this.#lines.push(...lines);
      this.#wake();
    });
    this.process.on('exit', () => this.#wake());
  }

  say(line: string) {
    this.process.stdin!.write(`${line}\n`);
  }

  /** The next line that begins so. */
  async line(beginning: string): Promise<string> {
    for (;;) {
      for (; this.#read < this.#lines.length; this.#read++) {
        if (this.#lines[this.#read].startsWith(beginning)) {
          return this.#lines[this.#read++].slice(beginning.length).trim();
        }
      }
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`ended before it said '${beginning}'`);
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async end(signal: NodeJS.Signals) {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = new Promise((resolve) => this.process.once('exit', resolve));
      this.process.kill(signal);
      await gone;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Shift {
  readonly #directory = mkdtempSync(join(tmpdir(), 'console-shift-'));
  #broker!: Child;
  #server!: Child;
  feeder!: Child;
  #brokerPort = 0;
  #port = 0;
  url = '';
  firstLogin = '';

  async start(devices: number) {
    [this.#brokerPort, this.#port] = [await freePort(), await freePort()];
    this.url = `http://localhost:${this.#port}`;
    await this.startBroker();
    this.feeder = this.#java('Feeder', [`localhost:${this.#brokerPort}`]);
    this.feeder.say(`devices ${devices}`);
    await this.feeder.line('done devices');
    await this.startServer();
    this.firstLogin = await this.#server.line('First login, valid once:');
  }

  #java(name: string, args: string[]) {
    const classes = ['test-classes', 'classes'].map((each) => join(TARGET, each)).join(':');
    return new Child(tool('java'), ['-Xmx512m', '-XX:+UseSerialGC', ...COMPILER, '-cp', `${classes}:${readFileSync(join(TARGET, 'test-classpath.txt'), 'utf8').trim()}`, `io.atalaya.console.${name}`, ...args]);
  }

  async startBroker() {
    this.#broker = this.#java('TestBroker', [join(this.#directory, 'kafka'), String(this.#brokerPort)]);
    await this.#broker.line('ready');
  }

  async startServer() {
    this.#server = new Child(join(ROOT, 'scripts/console'), ['--bootstrap-servers', `localhost:${this.#brokerPort}`, '--port', String(this.#port), '--data', join(this.#directory, 'data'), '--until-input-ends'], { ATALAYA_BUILT: 'yes', ATALAYA_JAVA_OPTS: COMPILER.join(' ') });
    await this.#server.line('Console:');
  }

  /** An account that no supervisor may make; returns the link for its first login. */
  account(...args: string[]): string {
    const said = execFileSync(join(ROOT, 'scripts/console'), ['--data', join(this.#directory, 'data'), 'account', ...args], { encoding: 'utf8', env: { ...process.env, ATALAYA_BUILT: 'yes' } });
    return /Valid once: (\S+)/.exec(said)![1];
  }

  /** What the server keeps in memory, in MB. */
  serverHeap(): number {
    const jcmd = (command: string) => execFileSync(tool('jcmd'), [String(this.#server.process.pid), command], { encoding: 'utf8' });
    jcmd('GC.run');
    return Number(/heap .*used (\d+)K/.exec(jcmd('GC.heap_info'))![1]) / 1024;
  }

  killServer() {
    return this.#server.end('SIGKILL');
  }

  killBroker() {
    return this.#broker.end('SIGKILL');
  }

  async stop() {
    await this.#server?.end('SIGTERM');
    await this.feeder?.end('SIGKILL');
    await this.#broker?.end('SIGKILL');
    // The database ends a moment after the server.
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
