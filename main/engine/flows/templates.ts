import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import { Template } from '../../domain/template.ts';
import type { EngineContext } from './context.ts';

/** A template with the file it came from. */
export interface StoredTemplate {
  readonly template: Template;
  readonly path: string;
  readonly isOwn: boolean;
}

type Places = Pick<EngineContext, 'resourcesDir' | 'paths'>;

export interface Templates {
  readonly templates: readonly StoredTemplate[];
  /** Files that are no templates, each with a sentence that says why. */
  readonly problems: readonly string[];
}

/** Every template, a person's own before those that ship; one of their own replaces the shipped one of its name. */
export async function listTemplates({ resourcesDir, paths }: Places): Promise<Templates> {
  const own = await readFolder(paths.templates, true);
  const shipped = await readFolder(join(resourcesDir, 'templates'), false);
  const taken = new Set(own.templates.map(({ template }) => template.name));
  return {
    templates: [...own.templates, ...shipped.templates.filter(({ template }) => !taken.has(template.name))],
    problems: [...own.problems, ...shipped.problems],
  };
}

/** Throws NOT_FOUND, naming what there is. */
export async function findTemplate(places: Places, name: string): Promise<Template> {
  const { templates, problems } = await listTemplates(places);
  const found = templates.find(({ template }) => template.name === name);
  if (found !== undefined) return found.template;
  const names = templates.map(({ template }) => template.name).join(', ');
  throw new AppError(
    'NOT_FOUND',
    [`there is no template ${name}; there are ${names}`, ...problems].join('\n'),
  );
}

async function readFolder(folder: string, isOwn: boolean): Promise<Templates> {
  const files = await readdir(folder).catch((): string[] => []);
  const templates: StoredTemplate[] = [];
  const problems: string[] = [];
  for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
    const path = join(folder, file);
    const read = Template.safeParse(parsed(await readFile(path, 'utf8')));
    if (read.success) templates.push({ template: read.data, path, isOwn });
    else
      problems.push(`${path} is no template: ${read.error.issues.map(({ message }) => message).join('; ')}`);
  }
  return { templates, problems };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
