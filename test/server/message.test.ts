import { describe, expect, test } from 'vitest';
import { Message } from '../../src/server/message.ts';

const HINT = 'See the API docs for more information about request parameters.';
const body = (fields: object) => Message.ofBody(fields);
const query = (text: string) => Message.ofQuery(new URLSearchParams(text));

describe('a text', () => {
  test('is what was sent', () => {
    expect(body({ name: 'a' }).text('name')).toBe('a');
    expect(query('name=a+b%2Fc').text('name')).toBe('a b/c');
  });

  test.each([{}, { name: '' }, { name: null }])('is missing in %j', (fields) => {
    expect(() => body(fields).text('name')).toThrow(`Missing value for required parameter 'name'. ${HINT}`);
    expect(body(fields).optionalText('name')).toBeUndefined();
    expect(body(fields).anyText('name')).toBe('');
  });

  test.each([
    [5, '5', 'int'],
    [1.5, '1.5', 'float'],
    [true, 'true', 'bool'],
    [['a'], '["a"]', 'list'],
    [{ a: 1 }, '{"a":1}', 'dict'],
    [2n ** 60n, '1152921504606846976', 'int'],
    [[2n ** 60n], '[1152921504606846976]', 'list'],
  ])('is refused as MLflow does when it is %s', (value, shown, type) => {
    const text = `Invalid value ${shown} for parameter 'name' supplied:  Hint: Value was of type '${type}'. ${HINT}`;
    expect(() => body({ name: value }).text('name')).toThrow(text);
    expect(() => body({ name: value }).optionalText('name')).toThrow(text);
  });

  test('that is wrong and long is not repeated whole', () => {
    const error = captured(() => body({ name: ['x'.repeat(100_000)] }).text('name'));
    expect(error.message.length).toBeLessThan(1_000);
  });
});

describe('a run id', () => {
  test('has two names', () => {
    expect(body({ run_id: 'a', run_uuid: 'a' }).runId()).toBe('a');
    expect(body({ run_uuid: 'b' }).runId()).toBe('b');
    expect(() => body({}).runId()).toThrow("parameter 'run_id'");
  });
});

describe('an integer', () => {
  test.each([
    [17, 17],
    ['17', 17],
    ['-3', -3],
    [1.0, 1],
    [true, 1],
    ['9223372036854775807', 9223372036854775807n],
    [9223372036854775807n, 9223372036854775807n],
  ])('can be %s', (value, expected) => {
    expect(body({ step: value }).integer('step')).toBe(expected);
  });

  test.each(['a', '', '1.5', 1.5, [], {}, 1e20, '9223372036854775808'])('cannot be %j', (value) => {
    expect(() => body({ step: value }).integer('step')).toThrow("for parameter 'step' supplied");
  });

  test('that must be a number cannot be larger than one holds', () => {
    expect(body({ time: '5' }).optionalNumber('time')).toBe(5);
    expect(() => body({ time: 2n ** 60n }).optionalNumber('time')).toThrow("parameter 'time'");
  });
});

describe('a double', () => {
  test.each([
    [1, 1],
    ['1.5', 1.5],
    ['1e-3', 0.001],
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['inf', Infinity],
    ['-inf', -Infinity],
    [2n ** 60n, 2 ** 60],
    [true, 1],
  ])('can be %s', (value, expected) => {
    expect(body({ value }).double('value')).toBe(expected);
  });

  test.each(['abc', '0x10', [1], {}, '1 2'])('cannot be %j', (value) => {
    expect(() => body({ value }).double('value')).toThrow("parameter 'value' supplied:  Hint: Value was of type");
  });

  test.each([null, undefined, ''])('is missing as %j', (value) => {
    expect(() => body({ value }).double('value')).toThrow("Missing value for required parameter 'value'");
  });
});

describe('a flag', () => {
  test('is true or false, in letters too', () => {
    expect(body({ a: true, b: 'False' }).flag('a')).toBe(true);
    expect(body({ a: true, b: 'False' }).flag('b')).toBe(false);
    expect(query('a=true').flag('a')).toBe(true);
    expect(body({}).flag('a')).toBeUndefined();
    expect(() => body({ a: 'yes' }).flag('a')).toThrow("Value was of type 'str'");
  });
});

describe('a choice', () => {
  const names = [undefined, 'ACTIVE_ONLY', 'DELETED_ONLY'] as const;

  test('has a name and a number', () => {
    expect(body({ view: 'DELETED_ONLY' }).choice('view', names)).toBe('DELETED_ONLY');
    expect(body({ view: 2 }).choice('view', names)).toBe('DELETED_ONLY');
  });

  test('with an unknown name counts as absent, with an unknown number it is wrong', () => {
    expect(body({ view: 'NOPE' }).choice('view', names)).toBeUndefined();
    expect(() => body({ view: 9 }).choice('view', names)).toThrow("Invalid value 9 for parameter 'view'");
  });
});

describe('a list', () => {
  test('of texts is a list of texts', () => {
    expect(body({ ids: ['a', 'b'] }).texts('ids')).toEqual(['a', 'b']);
    expect(body({}).texts('ids')).toEqual([]);
    expect(() => body({ ids: 'a' }).texts('ids')).toThrow('Invalid value "a" for parameter \'ids\'');
    expect(() => body({ ids: [5] }).texts('ids')).toThrow("Value was of type 'list'");
  });

  test('in a query is a repeated name, or one', () => {
    expect(query('ids=a').texts('ids')).toEqual(['a']);
    expect(query('ids=a&ids=b').texts('ids')).toEqual(['a', 'b']);
  });

  test('of messages knows where each of them is', () => {
    const message = body({ metrics: [{ key: 'a' }, { value: 1 }] });
    expect(message.messages('metrics')[0]?.text('key')).toBe('a');
    expect(() => message.messages('metrics')[1]?.text('key')).toThrow("parameter 'metrics[1].key'");
    expect(() => body({ metrics: [3] }).messages('metrics')).toThrow("Invalid value 3 for parameter 'metrics[0]'");
    expect(() => body({ metrics: {} }).messages('metrics')).toThrow("Value was of type 'dict'");
  });
});

test('a field named __proto__ gives no other fields', () => {
  expect(query('__proto__=x').optionalText('a')).toBeUndefined();
  expect(body(JSON.parse('{"__proto__":{"a":"x"}}')).optionalText('a')).toBeUndefined();
});

test('values of the route win over the body', () => {
  expect(Message.ofBody({ model_id: 'other' }, { model_id: 'm-1' }).text('model_id')).toBe('m-1');
});

function captured(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
