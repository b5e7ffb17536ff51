import type { ChoiceKind } from './value-kind.ts';

/** One of the names in `choices`, in any case (OpenTelemetry specification, "Enum"). */
export function choice<Choice extends string>(
  choices: Readonly<Record<Choice, true>>,
): ChoiceKind<Choice> {
  const names = Object.keys(choices);
  const expected = names.map((name) => `\`${name}\``).join(', ');
  const isChoice = (name: string): name is Choice => Object.hasOwn(choices, name);
  return {
    expected,
    secrecy: 'open',
    choices,
    read(text) {
      const word = text.trim().toLowerCase();
      if (word === '') return {};
      const name = names.find((candidate) => candidate.toLowerCase() === word);
      return name !== undefined && isChoice(name)
        ? { value: name }
        : { problem: `expected one of ${expected}` };
    },
  };
}
