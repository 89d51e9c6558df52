// Writes docs/metrics.md from the registry. A test holds the committed file to it.
import { DIMENSIONS } from './dimensions.ts';
import { inputsOf, isSettled, type Merge, type Metric, type Part } from './metric.ts';
import { REGISTRY } from './registry.ts';

const BETTER = {
  lower: 'lower is better',
  higher: 'higher is better',
  neither: 'neither',
} as const;

const HEAD = `# Metrics

Generated from \`analytics/src/metrics\`: one metric, one file. Never edited by hand.

- Ratios are sums over sums, over all views together, never averages of views' ratios.
- A sampled view counts as many times as its weight says. Maxima are never scaled.
- *Settled* metrics end at the last 10 s cell that 95 % of the open views have reported. The others
  are live at once.
- Percentages run from 0 to 100.
`;

export function toDocument(): string {
  const metrics: readonly Metric[] = REGISTRY;
  return `${HEAD}\n${metrics.map(toSection).join('\n')}\n${toDimensions()}`;
}

function toSection(metric: Metric): string {
  const { id, title, question, definition, spec, divergences, unit, better, empty } = metric;
  const { thresholds } = metric;
  const lines = [
    `## ${title}`,
    '',
    `\`${id}\` · ${unit} · ${BETTER[better]} · ${isSettled(metric) ? 'settled' : 'live'} · ${metric.stability}`,
    '',
    `*${question}*`,
    '',
    definition,
    '',
    `- **Reckoned as** ${toFormula(metric)}`,
    `- **Reads** ${inputsOf(metric)
      .map((input) => `\`${input}\``)
      .join(', ')} of the ${metric.grain}`,
    `- **Follows** ${spec}`,
    ...divergences.map((divergence) => `- **Differs:** ${divergence}`),
    `- **Without data** ${empty.value === null ? 'no figure' : empty.value}: ${empty.because}`,
    ...(thresholds === undefined
      ? []
      : [`- **Shown as** a warning from ${thresholds.warn}, as bad from ${thresholds.bad}`]),
    '',
  ];
  return lines.join('\n');
}

function toFormula({ merge, parts }: Metric): string {
  const of = (name: string): string => toPart(parts[name]);
  switch (merge.kind) {
    case 'perMinute':
      return `${of(merge.of)} / minutes`;
    case 'total':
      return of(merge.of);
    case 'peak':
      return `highest 10 s cell of ${of(merge.of)}`;
    case 'quantile':
      return `${merge.level * 100} % quantile of ${of(merge.of)}`;
    case 'ratio':
      return `${of(merge.of)} / ${of(merge.over)}${toScale(merge)}`;
  }
}

function toScale({ scale }: Extract<Merge, { kind: 'ratio' }>): string {
  return scale === 1 ? '' : ` × ${scale.toLocaleString('en').replaceAll(',', ' ')}`;
}

function toPart(part: Part | undefined): string {
  if (part === undefined) return '';
  if ('sum' in part) {
    return part.sum.length === 1 ? `Σ ${part.sum[0]}` : `Σ (${part.sum.join(' + ')})`;
  }
  if ('values' in part) return `${part.values} where ${part.where} is not 0`;
  return `distinct views with any of ${part.watching.join(', ')}`;
}

function toDimensions(): string {
  const rows = Object.entries(DIMENSIONS).map(([id, { title }]) => `| \`${id}\` | ${title} |`);
  return `## Dimensions\n\n| id | title |\n|---|---|\n${rows.join('\n')}\n`;
}
