import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ScriptOption, scriptOptions } from '../../../src/language/script/scriptOptions.ts';

/** An option in a line: `name float=0.1 --flag -f`. */
function told({ flags, name, type, default: value, isRequired, isSwitch, help }: ScriptOption): string {
  const words = [
    name,
    `${type ?? ''}${value === undefined ? '' : `=${value}`}`,
    ...flags.map(({ text }) => text),
    isRequired ? 'required' : '',
    isSwitch ? 'switch' : '',
    help ?? '',
  ];
  return words.filter(Boolean).join(' ');
}

describe('the options of a script', () => {
  test.each([
    ['parser.add_argument("--lr", type=float, default=0.1, help="Rate")', 'lr float=0.1 --lr Rate'],
    ["p.add_argument('-n', '--max-depth', type=int, default=-3)", 'max_depth int=-3 -n --max-depth'],
    ['p.add_argument(\n    "--a",  # (not this)\n    default="x, y)",\n)', 'a =x, y) --a'],
    ['group.add_argument("--a", dest="alpha", required=True)', 'alpha --a required'],
    ['p.add_argument("data", type=str)', 'data str required'],
    ['p.add_argument("--fast", action="store_true")', 'fast --fast switch'],
    ['p.add_argument("--out", default=os.getcwd())', 'out --out'],
  ])('argparse: %s', (line, option) => {
    expect(scriptOptions(`import argparse\n${line}\n`).map(told)).toEqual([option]);
  });

  test.each([
    ['@click.option("--lr", type=click.FLOAT, default=0.1)', 'lr float=0.1 --lr'],
    ['@click.option("--lr", "-l", "rate", type=float, required=True, help="x")', 'rate float --lr -l required x'],
    ['@option("--fast", is_flag=True)', 'fast --fast switch'],
    ['@click.argument("data")', 'data required'],
  ])('click: %s', (line, option) => {
    expect(scriptOptions(`import click\n@click.command()\n${line}\ndef main(x): ...\n`).map(told)).toEqual([option]);
  });

  test.each([
    [
      'def main(data: str, lr: float = 0.1, fast: bool = False): ...',
      ['data str required', 'lr float=0.1 --lr', 'fast bool=False --fast switch'],
    ],
    [
      'def main(max_depth: int = typer.Option(3, "--depth", "-d", help="Depth")): ...',
      ['max_depth int=3 --depth -d Depth'],
    ],
    ['def main(a: Annotated[float, typer.Option(help="A")] = 0.5): ...', ['a float=0.5 --a A']],
    ['def main(a: str = typer.Option(...)): ...', ['a str --a required']],
  ])('typer: %s', (line, options) => {
    expect(scriptOptions(`import typer\n${line}\ntyper.run(main)\n`).map(told)).toEqual(options);
    expect(scriptOptions(`import typer\napp = typer.Typer()\n@app.command()\n${line}\n`).map(told)).toEqual(options);
  });

  test('other functions and other calls are none', () => {
    const text =
      'import argparse, typer\ndef other(a: int = 1): ...\nx.option("--a")\n# p.add_argument("--b")\n"p.add_argument()"\n';
    expect(scriptOptions(text)).toEqual([]);
    expect(scriptOptions('p.add_argument("--a")')).toEqual([]);
  });

  test('ranges are those of the texts between the quotes', () => {
    const text = 'import argparse\np.add_argument("--lr", type=float)\n';
    const [option] = scriptOptions(text);
    expect(text.slice(option?.range.start, option?.range.end)).toBe('--lr');
    expect(text.slice(option?.whole.start, option?.whole.end)).toBe('p.add_argument("--lr", type=float)');
  });

  test('any text is read in its bounds', () => {
    const piece = fc.constantFrom(
      'import argparse\n',
      'p.add_argument(',
      '"--a"',
      "'",
      '"""',
      ')',
      ',',
      '=',
      '\\',
      'typer.run(main)',
      'def main(',
      'a: int = 1',
      '#',
      '\n',
      '@click.option(',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 30 }), (pieces) => {
        const text = `import argparse, click, typer\n${pieces.join('')}`;
        return scriptOptions(text).every(({ range, whole }) => range.start >= 0 && whole.end <= text.length);
      }),
      { numRuns: 500 },
    );
  });
});
