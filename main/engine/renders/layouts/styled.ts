import type { Recipe } from '../../../domain/recipe.ts';
import { PLAIN_TEMPLATE, type Template } from '../../../domain/template.ts';

/** The recipe in its template's colours, and the template itself; without one it looks as it always has. */
export function styled(recipe: Recipe): { readonly recipe: Recipe; readonly look: Template } {
  const look = recipe.template ?? PLAIN_TEMPLATE;
  const given = Object.entries(look.colours ?? {}).filter(([, colour]) => colour !== undefined);
  return { recipe: { ...recipe, brand: { ...recipe.brand, ...Object.fromEntries(given) } }, look };
}
