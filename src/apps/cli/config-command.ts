// vedette config explain

import type { Command } from 'commander';
import type { Act, CommandEnvironment } from '../../platform/command/environment.ts';
import { type PrintOptions, addPrintOption, printJson, printLine, printTable } from '../../platform/command/print.ts';
import { type ExplainedSetting, explainConfig, formatSettingValue } from '../../platform/config/explain.ts';

async function explain(environment: CommandEnvironment, options: PrintOptions): Promise<number> {
  const settings = explainConfig(environment.config);
  if (options.output === 'json') {
    printJson(environment, { files: environment.config.files, settings });
    return 0;
  }
  printTable<ExplainedSetting>(
    environment,
    [
      { header: 'SETTING', value: (s) => s.name, priority: 0 },
      { header: 'VALUE', value: (s) => formatSettingValue(s.value), minWidth: 12, priority: 0, cut: 'middle' },
      {
        header: 'FROM',
        value: (s) => (s.layer === 'default' ? 'default' : `${s.layer}: ${s.source}`),
        minWidth: 10,
        cut: 'middle',
        priority: 1,
      },
      {
        header: 'SET BY',
        value: (s) => [s.flag, s.variable].filter((one) => one !== '').join(' or '),
        minWidth: 10,
        priority: 2,
      },
    ],
    settings,
  );
  printLine(environment);
  printLine(environment, 'Strongest first: flags, environment, project file, user file, defaults.');
  const { files } = environment.config;
  printLine(environment, files.length === 0 ? 'No configuration file was read.' : `Read: ${files.join(', ')}`);
  return 0;
}

export function registerConfig(program: Command, act: Act): void {
  const config = program.command('config').description('settings and where they come from');
  addPrintOption(config.command('explain').description('every setting, its value and its source')).action(act(explain));
}
