/** Words in the names of metrics of which less is better. */
const LESS =
  /(^|[^a-z])(loss|losses|err|error|errors|mse|rmse|mae|mape|msle|nll|bce|ce|perplexity|ppl|wer|cer|fid|time|seconds|ms|latency|duration|cost|regret|divergence|kl)([^a-z]|$)/i;
const MORE =
  /(^|[^a-z])(acc|accuracy|auc|auroc|auprc|f1|r2|score|precision|recall|map|ndcg|iou|dice|bleu|rouge|reward|return|throughput|likelihood|elbo|sharpe|correlation)([^a-z]|$)/i;

/**
 * Which values of a metric are better: what its name says, else the way that the curve goes, since trainings make things
 * better as a rule.
 */
export function isLessBetter(key: string, values: Float64Array): boolean {
  const words = key.replace(/([a-z])([A-Z])/g, '$1_$2');
  if (LESS.test(words)) return true;
  if (MORE.test(words)) return false;
  const finite = values.filter(Number.isFinite);
  return (finite.at(-1) ?? 0) < (finite[0] ?? 0);
}
