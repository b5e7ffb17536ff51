import type { Effort, Goal, Section, Table } from './section.ts';
import { inChild } from './support/in-child.ts';
import { inTurns } from './support/in-turns.ts';
import { median } from './support/median.ts';
import { patienceText } from './support/until-full-speed.ts';
import { FORMS, type Form } from './zero-mq/forms.ts';
import type { SenderMeasurement, SenderName, SenderTask } from './zero-mq/sender-task.ts';

const SCRIPT: URL = new URL('zero-mq/sender-process.ts', import.meta.url);

const EFFORTS: Readonly<Record<Effort, { rounds: number } & Omit<SenderTask, 'form' | 'by'>>> = {
  full: { rounds: 5, seconds: 3, patienceMillis: 5_000 },
  quick: { rounds: 2, seconds: 1.5, patienceMillis: 1_000 },
  tiny: { rounds: 1, seconds: 0.05, patienceMillis: 0 },
};

/** Of the rate of the library alone with the same bytes, one record a message. */
const AT_LEAST = { single: 0.8, several: 8 };

interface Candidate {
  readonly form: Form;
  readonly by: SenderName;
}

type Measure = (form: Form, by: SenderName) => number;

/** As many records as go through a socket, beside the library alone. */
export async function measureZeroMq(effort: Effort): Promise<Section> {
  const { rounds, ...pace } = EFFORTS[effort];
  const forms = effort === 'tiny' ? FORMS.slice(0, 1) : FORMS;
  const candidates = forms.flatMap((form): Candidate[] => [
    { form, by: 'bare' },
    { form, by: 'destination' },
    { form, by: 'exporter' },
  ]);
  const results = await inTurns(candidates, rounds, ({ by, form }) =>
    inChild<SenderMeasurement>(SCRIPT, { form: form.name, by, ...pace } satisfies SenderTask),
  );
  const medianOf =
    (value: (one: SenderMeasurement) => number): Measure =>
    (form, by) => {
      const candidate = candidates.find((one) => one.form === form && one.by === by);
      return median((candidate && results.get(candidate))?.map(value) ?? []);
    };
  const rate = medianOf((one) => one.records / one.seconds / 1000);
  const micros = medianOf((one) => one.mainMicros / one.records);
  const effortTitle = `${pace.seconds} s each, ${rounds} rounds`;
  return {
    id: 'zeromq',
    title: 'ZeroMQ',
    method:
      'PUSH to PULL over TCP on one machine, records of 300 bytes as fast as they go, until the receiver in another process has the last one. ' +
      '“Destination” is the part of ours that a user of the library would write too: it gets entries as the packer makes them and hands them to ZeroMQ. ' +
      '“Bare” is the library alone with the bytes of the same entries. “Exporter” is all of ours: it takes records of the SDK in calls of `export` with 512 of them, and encodes, numbers and packs them too. ' +
      `Each candidate runs in a process of its own, and they take turns, ${patienceText(pace)}.`,
    tables: [
      tableOf(forms, rate, {
        title: `Thousand records a second (${effortTitle})`,
        digits: 0,
        ratioName: 'rate',
      }),
      tableOf(forms, micros, {
        title: `Main thread of the sender, µs a record (${effortTitle})`,
        digits: 2,
        ratioName: 'CPU',
      }),
    ],
    goals: forms.flatMap((form): Goal[] => {
      const isSingle = form.single === form.name;
      const single = rate(singleOf(form), 'bare');
      return (['destination', 'exporter'] as const).map((by) => ({
        says: `${form.name}, ${by}: records a second ÷ bare, ${singleOf(form).name}`,
        measured: rate(form, by) / single,
        atLeast: isSingle ? AT_LEAST.single : AT_LEAST.several,
      }));
    }),
    missing: [],
    remarks: [],
  };
}

function tableOf(
  forms: readonly Form[],
  measure: Measure,
  { title, digits, ratioName }: { title: string; digits: number; ratioName: string },
): Table {
  return {
    title,
    columns: [
      { name: 'bare', digits },
      { name: 'destination', digits },
      { name: 'exporter', digits },
      { name: `destination’s ${ratioName} ÷ bare’s`, digits: 2 },
      { name: 'bare ÷ bare, one a message', digits: 2 },
      { name: 'destination ÷ bare, one a message', digits: 2 },
      { name: 'exporter ÷ bare, one a message', digits: 2 },
    ],
    rows: forms.map((form) => {
      const [bare, destination, exporter] = [
        measure(form, 'bare'),
        measure(form, 'destination'),
        measure(form, 'exporter'),
      ];
      const single = measure(singleOf(form), 'bare');
      return {
        candidate: form.name,
        values: [
          bare,
          destination,
          exporter,
          destination / bare,
          bare / single,
          destination / single,
          exporter / single,
        ],
      };
    }),
  };
}

function singleOf({ single }: Form): Form {
  const form = FORMS.find(({ name }) => name === single);
  if (form === undefined) throw new Error(`There is no form ${single}`);
  return form;
}
