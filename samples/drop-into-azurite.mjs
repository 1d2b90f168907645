// Drops a file into the container "datasets" of the Azurite on this machine: node samples/drop-into-azurite.mjs FILE [FILE …]
// Needs nothing but Node, which Azurite needs anyway. Where the Azure CLI is installed, this does the same:
//   az storage blob upload --connection-string UseDevelopmentStorage=true --container-name datasets --file FILE
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

const account = 'devstoreaccount1';
const endpoint = process.env.AZURITE_BLOB_ENDPOINT ?? 'http://127.0.0.1:10000';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='; // every Azurite's, and public

const until = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19) + 'Z';
const access = { sp: 'cw', ss: 'b', srt: 'co', st: '', se: until, sip: '', spr: '', sv: '2018-11-09' };
const sig = createHmac('sha256', Buffer.from(key, 'base64')).update([account, ...Object.values(access), ''].join('\n')).digest('base64');
const sas = new URLSearchParams(Object.entries({ ...access, sig }).filter(([, value]) => value !== ''));

async function put(path, options, accepted) {
  const address = `${endpoint}/${account}/${path}${path.includes('?') ? '&' : '?'}${sas}`;
  const answer = await fetch(address, { method: 'PUT', ...options }).catch(() => {
    console.error(`No Azurite answers at ${endpoint}. Start it with: npx azurite --location .azurite --skipApiVersionCheck`);
    process.exit(1);
  });
  if (!accepted.includes(answer.status)) {
    throw new Error(`Azurite answered ${answer.status} to PUT ${path}: ${(await answer.text()).slice(0, 300)}`);
  }
}

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Usage: node samples/drop-into-azurite.mjs FILE [FILE …]');
  process.exit(2);
}

await put('datasets?restype=container', {}, [201, 409]); // 409: it is there already
for (const file of files) {
  const headers = { 'x-ms-blob-type': 'BlockBlob' };
  await put(`datasets/${encodeURIComponent(basename(file))}`, { headers, body: await readFile(file) }, [201]);
  console.log(`Dropped ${basename(file)} into datasets.`);
}
