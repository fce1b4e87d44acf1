/** The names that MLflow's `error_code` field can carry (mlflow.protos.databricks_pb2.ErrorCode), as far as we raise or map them. */
export type ErrorCode =
  | 'ABORTED'
  | 'ALREADY_EXISTS'
  | 'BAD_REQUEST'
  | 'CANCELLED'
  | 'CUSTOMER_UNAUTHORIZED'
  | 'DATA_LOSS'
  | 'DEADLINE_EXCEEDED'
  | 'ENDPOINT_NOT_FOUND'
  | 'FEATURE_DISABLED'
  | 'INTERNAL_ERROR'
  | 'INVALID_PARAMETER_VALUE'
  | 'INVALID_STATE'
  | 'NOT_FOUND'
  | 'NOT_IMPLEMENTED'
  | 'PERMISSION_DENIED'
  | 'REQUEST_LIMIT_EXCEEDED'
  | 'RESOURCE_ALREADY_EXISTS'
  | 'RESOURCE_CONFLICT'
  | 'RESOURCE_DOES_NOT_EXIST'
  | 'RESOURCE_EXHAUSTED'
  | 'TEMPORARILY_UNAVAILABLE'
  | 'UNAUTHENTICATED';

/**
 * The one error that a request can end with: thrown anywhere below the server or by the REST client, turned into a
 * response or a message in one place each. Every other exception is a defect of ours.
 */
export class MlflowError extends Error {
  override readonly name = 'MlflowError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export function invalidParameter(message: string): MlflowError {
  return new MlflowError('INVALID_PARAMETER_VALUE', message);
}

export function doesNotExist(message: string): MlflowError {
  return new MlflowError('RESOURCE_DOES_NOT_EXIST', message);
}

export function alreadyExists(message: string): MlflowError {
  return new MlflowError('RESOURCE_ALREADY_EXISTS', message);
}
