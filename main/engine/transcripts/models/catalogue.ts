import type { FileRole, SpeechModelDescription } from '../../../domain/speechModel.ts';

/** A file that can be had: where, and what it has to be. */
export interface CatalogueFile {
  readonly role: FileRole;
  /** Its name in the model's folder. */
  readonly name: string;
  /** Two addresses of the same bytes, the better one first. */
  readonly urls: readonly [string, string];
  /** Null where nobody has measured it: then the first download pins it. */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
}

export interface CatalogueModel extends Omit<SpeechModelDescription, 'files'> {
  readonly files: readonly CatalogueFile[];
}

type Digest = readonly [sizeBytes: number, sha256: string];
const UNMEASURED = [null, null] as const;

/** A file of a repository on Hugging Face at one revision, and the same at a mirror that serves the same paths. */
function hosted(
  repository: string,
  revision: string,
  role: FileRole,
  name: string,
  [sizeBytes, sha256]: Digest | typeof UNMEASURED,
): CatalogueFile {
  const path = `${repository}/resolve/${revision}/${name}`;
  return {
    role,
    name,
    urls: [`https://huggingface.co/${path}`, `https://hf-mirror.com/${path}`],
    sizeBytes,
    sha256,
  };
}

/** Every language of Whisper has the same tokens. */
const WHISPER_TOKENS: Digest = [816_730, 'b34b360dbb493e781e479794586d661700670d65564001f23024971d1f2fa126'];

function whisper(
  size: 'tiny' | 'base' | 'small' | 'turbo',
  revision: string,
  encoder: Digest,
  decoder: Digest,
): CatalogueModel {
  const repository = `csukuangfj/sherpa-onnx-whisper-${size}`;
  const file = (role: FileRole, name: string, digest: Digest): CatalogueFile =>
    hosted(repository, revision, role, `${size}-${name}`, digest);
  return {
    id: `whisper-${size}`,
    name: `Whisper ${size}`,
    engine: 'whisper',
    languages: ['*'],
    licence: 'MIT',
    memoryMb: null,
    writesPunctuation: true,
    files: [
      file('encoder', 'encoder.int8.onnx', encoder),
      file('decoder', 'decoder.int8.onnx', decoder),
      file('tokens', 'tokens.txt', WHISPER_TOKENS),
    ],
  };
}

function parakeet(
  version: 'v2' | 'v3',
  revision: string,
  languages: readonly string[],
  digests: Readonly<Record<'encoder' | 'decoder' | 'joiner' | 'tokens', Digest>>,
): CatalogueModel {
  const repository = `csukuangfj/sherpa-onnx-nemo-parakeet-tdt-0.6b-${version}-int8`;
  return {
    id: `parakeet-${version}`,
    name: `Parakeet TDT 0.6b ${version}`,
    engine: 'nemo-transducer',
    languages: [...languages],
    licence: 'CC-BY-4.0',
    memoryMb: null,
    writesPunctuation: true,
    files: [
      hosted(repository, revision, 'encoder', 'encoder.int8.onnx', digests.encoder),
      hosted(repository, revision, 'decoder', 'decoder.int8.onnx', digests.decoder),
      hosted(repository, revision, 'joiner', 'joiner.int8.onnx', digests.joiner),
      hosted(repository, revision, 'tokens', 'tokens.txt', digests.tokens),
    ],
  };
}

const EUROPEAN = 'bg hr cs da nl en et fi fr de el hu it lv lt mt pl pt ro sk sl es sv ru uk'.split(' ');

const GIGASPEECH = 'k2-fsa/sherpa-onnx-zipformer-gigaspeech-2023-12-12';
const GIGASPEECH_REVISION = '8d79d9340119fb44fc06873321cbc10e876cd05d';
const PARAKEET_CTC = 'csukuangfj/sherpa-onnx-nemo-parakeet_tdt_ctc_110m-en-36000';
const PARAKEET_CTC_REVISION = '3af92f152d32c836acabf38f4c993bc96b80eb2d';
const SILERO_REVISION = '7e30209a3e901f9842f81b225f3e93d8199902b1';
const SPEAKER_EMBEDDING = '3dspeaker_speech_campplus_sv_en_voxceleb_16k.onnx';

/**
 * The models that Soundbite offers, the best for most people first. Every address names a revision, so that the bytes
 * behind it do not change.
 */
export const CATALOGUE: readonly CatalogueModel[] = [
  parakeet('v3', '2bda32ec70b097a55adaa07d9a7173915b43cc78', EUROPEAN, {
    encoder: [652_184_281, 'acfc2b4456377e15d04f0243af540b7fe7c992f8d898d751cf134c3a55fd2247'],
    decoder: [11_845_275, '179e50c43d1a9de79c8a24149a2f9bac6eb5981823f2a2ed88d655b24248db4e'],
    joiner: [6_355_277, '3164c13fc2821009440d20fcb5fdc78bff28b4db2f8d0f0b329101719c0948b3'],
    tokens: [93_939, 'd58544679ea4bc6ac563d1f545eb7d474bd6cfa467f0a6e2c1dc1c7d37e3c35d'],
  }),
  parakeet('v2', '1ab9323565ddb038682214b292f588070a538ce2', ['en'], {
    encoder: [652_184_296, 'a32b12d17bbbc309d0686fbbcc2987b5e9b8333a7da83fa6b089f0a2acd651ab'],
    decoder: [7_257_753, 'b6bb64963457237b900e496ee9994b59294526439fbcc1fecf705b31a15c6b4e'],
    joiner: [1_739_080, '7946164367946e7f9f29a122407c3252b680dbae9a51343eb2488d057c3c43d2'],
    tokens: [9_384, 'ec182b70dd42113aff6c5372c75cac58c952443eb22322f57bbd7f53977d497d'],
  }),
  whisper(
    'tiny',
    '65176e2deb88badc814a94058666cadccc29b61c',
    [12_937_772, 'd24fb083ae3b1041fc24e97971d60e280c9342201fbb67b0ab428a8b4a51a434'],
    [89_855_401, 'd2fece8dd42771f1df975c6c0445770d0c292bf7547c2cae04a6c0cc57540925'],
  ),
  whisper(
    'base',
    'bb53ee204431c90d314c1cc08d28d23e5b7927cc',
    [29_120_534, '0b8fb1304b6109976038efff5ace81720e00386f3ff6b54ee8c75291ca0a1e11'],
    [130_672_026, '9759d217388a01b3a4c7c15533201067b48ae819c4daafc8624e64b9409dc02d'],
  ),
  whisper(
    'small',
    '8f3c18b358db4d1f2fc1eae49d75cd20989e4309',
    [112_442_483, '4cbe7b22fa9026b843b60a68640c747de05bafb1a11b57edc0e66c232d9f33a9'],
    [262_226_114, 'acad50b5c782696e91b55914cc5ab4f756f1532f76e22aa6fc615f39fb69a8ee'],
  ),
  whisper(
    'turbo',
    '2ca6ff69fc878651b770880507669577ac41c2ff',
    [674_716_297, 'b02dcdf54f348741e93fe732b67d933c8dcb6735655f710640143081db38878b'],
    [361_080_764, '20accd02388482eb3a46bd615631adfdc85e1eb2c7db9ea3f02a40ffe6b81547'],
  ),
  {
    id: 'zipformer-gigaspeech',
    name: 'Zipformer, trained on podcasts',
    engine: 'transducer',
    languages: ['en'],
    licence: 'Apache-2.0',
    memoryMb: null,
    writesPunctuation: false,
    files: [
      hosted(GIGASPEECH, GIGASPEECH_REVISION, 'encoder', 'encoder-epoch-30-avg-1.int8.onnx', [
        72_850_681,
        '60d83e92a412b137e89c369d7b99ab00effc3cfedb06bc678041cc4dc7e3d0d6',
      ]),
      hosted(GIGASPEECH, GIGASPEECH_REVISION, 'decoder', 'decoder-epoch-30-avg-1.int8.onnx', [
        540_688,
        '2b0580feb757696fa929922670b7126aaee609630349a1809fd5a2aee926d56e',
      ]),
      hosted(GIGASPEECH, GIGASPEECH_REVISION, 'joiner', 'joiner-epoch-30-avg-1.int8.onnx', [
        259_417,
        '80160e45cca71dd52f6b0a6d3d12be18126f5308b2d4ba03f001300fea377c64',
      ]),
      hosted(GIGASPEECH, GIGASPEECH_REVISION, 'tokens', 'tokens.txt', [
        5_020,
        '0ef7d736bf4de3ef947292e4b119ef13f6808cd5f3aec225a843a7135ac1c2ce',
      ]),
    ],
  },
  {
    id: 'parakeet-ctc-110m',
    name: 'Parakeet CTC 110m',
    engine: 'nemo-ctc',
    languages: ['en'],
    licence: 'CC-BY-4.0',
    memoryMb: null,
    writesPunctuation: true,
    files: [
      hosted(PARAKEET_CTC, PARAKEET_CTC_REVISION, 'model', 'model.onnx', UNMEASURED),
      hosted(PARAKEET_CTC, PARAKEET_CTC_REVISION, 'tokens', 'tokens.txt', UNMEASURED),
    ],
  },
  {
    id: 'silero-vad',
    name: 'Silero voice activity',
    engine: 'silero-vad',
    languages: ['*'],
    licence: 'MIT',
    memoryMb: null,
    writesPunctuation: false,
    files: [
      {
        role: 'model',
        name: 'silero_vad.onnx',
        urls: [
          `https://raw.githubusercontent.com/snakers4/silero-vad/${SILERO_REVISION}/src/silero_vad/data/silero_vad.onnx`,
          `https://cdn.jsdelivr.net/gh/snakers4/silero-vad@${SILERO_REVISION}/src/silero_vad/data/silero_vad.onnx`,
        ],
        sizeBytes: 2_327_524,
        sha256: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
      },
    ],
  },
  {
    id: 'pyannote-segmentation',
    name: 'pyannote segmentation 3.0',
    engine: 'pyannote-segmentation',
    languages: ['*'],
    licence: 'MIT',
    memoryMb: null,
    writesPunctuation: false,
    files: [
      hosted(
        'csukuangfj/sherpa-onnx-pyannote-segmentation-3-0',
        '9403a6902bb58e3d5ae8c7e77c3422de279db2e0',
        'model',
        'model.onnx',
        [5_992_913, '220ad67ca923bef2fa91f2390c786097bf305bceb5e261d4af67b38e938e1079'],
      ),
    ],
  },
  {
    id: 'campplus-voxceleb',
    name: 'CAM++ speaker embedding',
    engine: 'speaker-embedding',
    languages: ['*'],
    licence: 'Apache-2.0',
    memoryMb: null,
    writesPunctuation: false,
    files: [
      {
        role: 'model',
        name: SPEAKER_EMBEDDING,
        urls: [
          `https://huggingface.co/csukuangfj/speaker-embedding-models/resolve/0743f301363dec56491a490f6d6cbc9d67f9a3bf/${SPEAKER_EMBEDDING}`,
          // "recongition" is how the release is spelt.
          `https://github.com/k2-fsa/sherpa-onnx/releases/download/speaker-recongition-models/${SPEAKER_EMBEDDING}`,
        ],
        sizeBytes: 29_596_978,
        sha256: '357a834f702b80161e5b981182c038e18553c1f2ca752ed6cec2052365d4129b',
      },
    ],
  },
];

/** What a catalogue entry is as a model, whether or not it is on this machine. */
export const describe = ({ files, ...model }: CatalogueModel): SpeechModelDescription => ({
  ...model,
  files: files.map(({ role, name }) => ({ role, name })),
});

/** Bytes of all files; null where one of them was never measured. */
export function sizeOf({ files }: CatalogueModel): number | null {
  let sum = 0;
  for (const { sizeBytes } of files) {
    if (sizeBytes === null) return null;
    sum += sizeBytes;
  }
  return sum;
}
