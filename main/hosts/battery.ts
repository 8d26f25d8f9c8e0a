import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { Battery } from '../api/host.ts';

const ANSWER_WITHIN_MS = 5_000;
const LINUX_SUPPLIES = '/sys/class/power_supply';

/** How charged this machine is and whether it runs on that; undefined where it has no battery or does not say. */
export async function readBattery(
  platform: NodeJS.Platform = process.platform,
): Promise<Battery | undefined> {
  try {
    if (platform === 'linux') return await readLinuxSupplies(LINUX_SUPPLIES);
    if (platform === 'darwin') return parsePmset(await answerOf('pmset', ['-g', 'batt']));
    if (platform === 'win32')
      return parseWin32Battery(await answerOf('powershell', ['-NoProfile', '-Command', WIN32_QUERY]));
    return undefined;
  } catch {
    // A machine that cannot be asked is treated as one on mains power: work goes on.
    return undefined;
  }
}

async function answerOf(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execa(program, args, { timeout: ANSWER_WITHIN_MS, stdin: 'ignore' });
  return stdout;
}

/** The kernel's folder of power supplies: one folder each, one file a fact. */
export async function readLinuxSupplies(folder: string): Promise<Battery | undefined> {
  const read = async (name: string, fact: string): Promise<string> =>
    (await readFile(join(folder, name, fact), 'utf8').catch(() => '')).trim();
  for (const name of (await readdir(folder)).sort()) {
    if ((await read(name, 'type')) !== 'Battery') continue;
    // Mice and headsets have batteries as well; what powers the machine has no scope, or "System".
    if ((await read(name, 'scope')) === 'Device') continue;
    const percent = Number.parseInt(await read(name, 'capacity'), 10);
    if (Number.isNaN(percent)) continue;
    return { isDischarging: (await read(name, 'status')) === 'Discharging', percent };
  }
  return undefined;
}

/** What macOS answers: "Now drawing from 'Battery Power' … 63%; discharging; …". */
export function parsePmset(text: string): Battery | undefined {
  const percent = /(\d{1,3})%/.exec(text)?.[1];
  if (percent === undefined) return undefined;
  return { isDischarging: text.includes("'Battery Power'"), percent: Number(percent) };
}

const WIN32_QUERY =
  'Get-CimInstance Win32_Battery | Select-Object BatteryStatus,EstimatedChargeRemaining | ConvertTo-Json';
/** Of Win32_Battery's states, 1 is "discharging", 4 "low" and 5 "critical" (both while discharging). */
const DISCHARGING = new Set([1, 4, 5]);
const Win32Battery = z.object({ BatteryStatus: z.number(), EstimatedChargeRemaining: z.number() });

export function parseWin32Battery(text: string): Battery | undefined {
  if (text.trim() === '') return undefined;
  const answer: unknown = JSON.parse(text);
  const parsed = Win32Battery.safeParse(Array.isArray(answer) ? answer[0] : answer);
  if (!parsed.success) return undefined;
  const { BatteryStatus, EstimatedChargeRemaining } = parsed.data;
  return { isDischarging: DISCHARGING.has(BatteryStatus), percent: EstimatedChargeRemaining };
}
