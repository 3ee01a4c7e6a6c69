// What a failure of MongoDB means to the callers: come again later, or this record will never fit.
import { MongooseError, Error as MongooseErrors, mongo } from 'mongoose';
import { CodedError, StorageUnavailable } from '../../../lib/errors.js';

/**
 * The write's own fault: it will fail again however often it is tried. Everything else that the server or the network says
 * (an election, a full disk, missing rights) is taken as passing, so that no effect is given up for it.
 */
const FAULTS_OF_THE_WRITE: ReadonlySet<number> = new Set([
  2, // BadValue
  9, // FailedToParse
  14, // TypeMismatch
  52, // DollarPrefixedFieldName
  56, // EmptyFieldName
  121, // DocumentValidationFailure
  10334, // BSONObjectTooLarge
  17419, // an update that makes the document too large
  17420,
]);

/** Errors of sockets that the driver hands on as they are. */
const BROKEN_CONNECTION = /^(E[A-Z]+|ERR_STREAM_\w+|ERR_SOCKET_\w+)$/;

/** Runs `work`; what MongoDB throws becomes StorageUnavailable or a CodedError. */
export async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw meaningOf(error);
  }
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11000;
}

function meaningOf(error: unknown): unknown {
  if (error instanceof MongooseErrors.ValidationError || error instanceof MongooseErrors.CastError)
    return new CodedError('records.invalid', 'a record does not fit its schema', { cause: error });
  if (error instanceof mongo.MongoServerError && FAULTS_OF_THE_WRITE.has(Number(error.code)))
    return new CodedError(`mongo.${error.code}`, 'MongoDB refused a record', { cause: error });
  if (error instanceof mongo.MongoServerError)
    return new StorageUnavailable(`mongo.${error.code ?? 'refused'}`, { cause: error });
  if (error instanceof mongo.MongoError || error instanceof MongooseError || isBrokenConnection(error))
    return new StorageUnavailable('mongo.unreachable', { cause: error });
  return error;
}

function isBrokenConnection(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && BROKEN_CONNECTION.test(code);
}
