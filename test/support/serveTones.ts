// The browser shell as a process of its own, whose catalogue offers one more model: tones, from a server on this machine.
// Arguments: the library, the address of the server, how long each piece takes at least in milliseconds.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowserShell } from '../../main/hosts/browser/openShell.ts';
import { CATALOGUE, type CatalogueModel } from '../../main/engine/transcripts/models/catalogue.ts';
import { watchedSpawn } from './hearing.ts';
import { toneModel } from './tones.ts';

const [home = '', url = '', pieceMs = '0'] = process.argv.slice(2);

const file = (role: 'model' | 'tokens', name: string): CatalogueModel['files'][number] => {
  const bytes = readFileSync(join(toneModel, name));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    role,
    name,
    urls: [`${url}/${name}`, `${url}/again/${name}`],
    sizeBytes: bytes.length,
    sha256,
  };
};
const tones: CatalogueModel = {
  ...{ id: 'tones', name: 'Tones', engine: 'zipformer-ctc', languages: ['*'], licence: 'MIT' },
  ...{ memoryMb: 40, writesPunctuation: false },
  files: [file('model', 'model.onnx'), file('tokens', 'tokens.txt')],
};

/** The same, though its bytes are not those that were expected. */
const spoilt: CatalogueModel = {
  ...tones,
  ...{ id: 'spoilt', name: 'Spoilt tones' },
  files: tones.files.map((each) => ({ ...each, sha256: '0'.repeat(64) })),
};

const shell = await openBrowserShell({
  env: { ...process.env, SOUNDBITE_HOME: home },
  note: (line) => process.stderr.write(`${line}\n`),
  speech: {
    catalogue: [tones, spoilt, ...CATALOGUE],
    mayFetch: (address) => address.hostname === '127.0.0.1',
    spawn: watchedSpawn({ pieceMs: Number(pieceMs) }),
  },
});
process.stdout.write(`${shell.url}\n`);
process.on('SIGTERM', () => {
  void shell.close();
});
