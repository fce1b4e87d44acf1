import type { Metric } from '../../entities/metric.ts';
import { hoverChart, svgUri } from '../../views/inlineChart.ts';
import {
  metricRow,
  metricsRow,
  metricTooltip,
  parameterRow,
  parametersRow,
  parameterTooltip,
} from '../../views/tree/runDetailRows.ts';
import { readCurve } from '../services/runCurve.ts';
import type { RunNode } from './runNode.ts';
import type { TreeNode } from './treeNode.ts';

/** The parameters of a run, by name. */
export class ParametersNode implements TreeNode {
  readonly parent: RunNode;

  constructor(parent: RunNode) {
    this.parent = parent;
  }

  get id(): string {
    return `${this.parent.id}/params`;
  }

  row() {
    return parametersRow(this.parent.run);
  }

  async children(): Promise<readonly TreeNode[]> {
    return [...this.parent.run.data.params].sort(byKey).map(([key, value]) => ({
      id: `${this.id}/${key}`,
      parent: this,
      row: () => parameterRow(key, value),
      tooltip: () => parameterTooltip(key, value),
    }));
  }
}

/** The latest value of each metric of a run, by name. */
export class MetricsNode implements TreeNode {
  readonly parent: RunNode;

  constructor(parent: RunNode) {
    this.parent = parent;
  }

  get id(): string {
    return `${this.parent.id}/metrics`;
  }

  row() {
    return metricsRow(this.parent.run);
  }

  async children(): Promise<readonly TreeNode[]> {
    return [...this.parent.run.data.metrics].sort(byKey).map(([, metric]) => new MetricNode(this, metric));
  }
}

export class MetricNode implements TreeNode {
  readonly id: string;
  readonly parent: MetricsNode;
  readonly metric: Metric;

  constructor(parent: MetricsNode, metric: Metric) {
    this.id = `${parent.id}/${metric.key}`;
    this.parent = parent;
    this.metric = metric;
  }

  row() {
    return metricRow(this.metric);
  }

  async tooltip(): Promise<string> {
    const { connection, run } = this.parent.parent;
    const facts = metricTooltip(this.metric);
    const curve = await readCurve(connection, run, this.metric.key).catch(() => undefined); // the facts are there anyway
    const picture = curve && curve.values.length > 1 ? hoverChart([curve]) : undefined;
    return picture ? `${facts}\n\n![](${svgUri(picture)})` : facts;
  }
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
