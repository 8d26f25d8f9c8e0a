import { tmpdir } from 'node:os';
import { probeFacts } from '../media/judge.ts';
import { groupMicrophones } from '../media/microphones.ts';
import type { EngineContext } from './context.ts';

export interface MicrophoneOffer {
  readonly paths: string[];
  readonly speakers: string[];
}
