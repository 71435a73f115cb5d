// Writes TypeScript types of the wire contracts, from the project's own JSON Schemas.
import { compileFromFile } from 'json-schema-to-typescript';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const schemas = new URL('../../../jobs/contracts/src/main/resources/schemas/', import.meta.url).pathname;
const out = new URL('../src/lib/contracts/', import.meta.url).pathname;
const topics = {
  alerts: 'Alert', incidents: 'Incident', devices: 'Device', mutes: 'Mute', deliveries: 'Delivery',
  'dispatch-responses': 'DispatchResponse', dispositions: 'Disposition', 'site-presence': 'SitePresence',
  videowall: 'Videowall', 'drone-tasks': 'DroneTask',
};

mkdirSync(out, { recursive: true });
for (const [topic, name] of Object.entries(topics)) {
  const path = `${schemas}${topic}.schema.json`;
  const schema = JSON.parse(readFileSync(path, 'utf8'));
  const text = await compileFromFile(path, {
    customName: (s) => (s.$id === schema.$id ? name : undefined),
    additionalProperties: false, ignoreMinAndMaxItems: true, bannerComment: '', unreachableDefinitions: true,
    format: false,
  });
  writeFileSync(`${out}${topic}.ts`, text);
}
