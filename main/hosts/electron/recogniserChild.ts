import { utilityProcess } from 'electron';
import type { SpawnRecogniser } from '../../engine/transcripts/recogniser/recogniserProcess.ts';

/**
 * The recogniser's child in the desktop shell: a utility process, because the packed app cannot start a plain Node.
 * https://www.electronjs.org/docs/latest/api/utility-process
 */
export const spawnUtilityChild: SpawnRecogniser = (entryPath) => {
  const child = utilityProcess.fork(entryPath, [], {
    serviceName: 'Soundbite recogniser',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let isKilled = false;
  const kill = (): void => {
    isKilled = true;
    child.kill();
    // Electron asks politely, and native code that is at work does not hear it.
    if (child.pid !== undefined) killAtOnce(child.pid);
  };
  child.once('spawn', () => {
    if (isKilled) kill();
  });
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', (code) => {
        listener(`exit code ${code}`);
      });
    },
    onComplaint: (listener) => {
      child.stderr?.on('data', (text: Buffer) => {
        listener(text.toString('utf8'));
      });
    },
    kill,
  };
};

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself in the meantime.
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ESRCH') throw error;
  }
}
