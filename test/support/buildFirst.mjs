// Tests of shells run what ships, so the bundles are made before them where a source is newer.
export { buildIfStale as setup } from '../../scripts/build.mjs';
