// Loaded before the shipped bundle: whoever asks for Electron gets the double; the bundle itself stays as it is.
import { registerHooks } from 'node:module';

const double = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : nextResolve(specifier, context),
});
