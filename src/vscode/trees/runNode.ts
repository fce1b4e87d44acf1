import type { Run } from '../../entities/run.ts';
import { hoverChart, svgUri } from '../../views/inlineChart.ts';
import { mainMetric } from '../../views/mainMetric.ts';
import { escapeMarkdown } from '../../views/markdown.ts';
import { bestOther, predecessorOf } from '../../views/tree/predecessor.ts';
import { runRow, runTooltip } from '../../views/tree/runRow.ts';
import type { Connection, RunReference } from '../services/connections.ts';
import { readCurve } from '../services/runCurve.ts';
import { ArtifactsNode } from './artifactNodes.ts';
import type { ExperimentNode } from './experimentNode.ts';
import { ModelsNode } from './modelNodes.ts';
import { MetricsNode, ParametersNode } from './runDetailNodes.ts';
import type { TreeLink, TreeNode } from './treeNode.ts';

/** A run: its parameters, metrics, models and artifacts, and the runs that it is the parent of. */
export class RunNode implements TreeNode {
  readonly id: string;
  readonly experiment: ExperimentNode;
  run: Run;
  readonly #parameters = new ParametersNode(this);
  readonly #metrics = new MetricsNode(this);
  readonly #models = new ModelsNode(this);
  readonly #artifacts = new ArtifactsNode(this);

  constructor(experiment: ExperimentNode, run: Run) {
    this.id = `${experiment.id}/${run.info.runId}`;
    this.experiment = experiment;
    this.run = run;
  }

  get parent(): TreeNode {
    const parent = this.parentRunId === undefined ? undefined : this.experiment.run(this.parentRunId);
    return parent ?? this.experiment.placeOf(this);
  }

  get parentRunId(): string | undefined {
    const id = this.run.data.tags.get('mlflow.parentRunId');
    return id === this.run.info.runId ? undefined : id;
  }

  get connection(): Connection {
    return this.experiment.connection;
  }

  get isDeleted(): boolean {
    return this.run.info.lifecycleStage === 'deleted';
  }

  get reference(): RunReference {
    const { experimentId, runId } = this.run.info;
    return { connectionId: this.connection.id, experimentId, runId };
  }

  row() {
    const children = this.experiment.childRuns(this.run.info.runId).map(({ run }) => run);
    return runRow(this.run, Date.now(), { children, curve: this.experiment.parent.view.sparklines.of(this) });
  }

  /** With the curve of its main metric, and with the place that a deleted one takes; without them where they cannot be read. */
  async tooltip(): Promise<string> {
    const metric = mainMetric(this.run.data.metrics);
    const curve = metric && (await readCurve(this.connection, this.run, metric.key).catch(() => undefined));
    const picture = curve && curve.values.length > 1 ? hoverChart([curve]) : undefined;
    const before = predecessorOf(this.run, this.#siblings());
    const facts = runTooltip(this.run, Date.now(), { before, size: await this.#size() });
    return picture && metric ? `${facts}\n\n${escapeMarkdown(metric.key)}\n\n![](${svgUri(picture)})` : facts;
  }

  async children(): Promise<readonly TreeNode[]> {
    const { params, metrics } = this.run.data;
    return [
      ...(params.size ? [this.#parameters] : []),
      ...(metrics.size ? [this.#metrics] : []),
      ...(this.#models.size ? [this.#models] : []),
      this.#artifacts,
      ...this.experiment.childRuns(this.run.info.runId),
    ];
  }

  /** Where one goes on from the tooltip. */
  links(): readonly TreeLink[] {
    const { words } = this.row();
    const best = bestOther(this.run, this.#siblings());
    const own = this.reference;
    return [
      { title: 'Details', command: 'mlflow.run.showDetails', argument: own },
      ...(words.includes('charted')
        ? [{ title: 'Charts', command: 'mlflow.run.showMetricChart', argument: own } as const]
        : []),
      ...(best
        ? [
            {
              title: 'Compare with best',
              command: 'mlflow.run.compare',
              argument: [own, { ...own, runId: best.info.runId }],
            } as const,
          ]
        : []),
      ...(words.includes('project')
        ? [{ title: 'Reproduce', command: 'mlflow.run.again', argument: own } as const]
        : []),
    ];
  }

  /** The runs of its experiment that are read. */
  #siblings(): readonly Run[] {
    return this.experiment.runs().map(({ run }) => run);
  }

  /** Bytes on the disk of a deleted run, where the server tells. */
  async #size(): Promise<number | undefined> {
    if (!this.isDeleted) return undefined;
    const measured = this.connection.tracking.measureRuns([this.run.info.runId]);
    return (await measured.catch(() => undefined))?.[0]?.bytes;
  }

  /** Lets the models be read again. @returns whether they had been read. */
  invalidateModels(): boolean {
    return this.#models.invalidate();
  }

  /** Lets models and artifacts be read again. */
  invalidate(): void {
    this.#models.invalidate();
    this.#artifacts.invalidate();
  }
}
