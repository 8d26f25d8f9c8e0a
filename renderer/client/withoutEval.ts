import { z } from 'zod';

// zod writes faster parsers with new Function where it may. The window's policy forbids that, and even asking would be
// reported as a breach, so this is imported before anything that holds a schema.
z.config({ jitless: true });
