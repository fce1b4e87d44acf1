import type { RunFormInput } from '../../src/protocol/runForm.ts';
import { type TextField, textField } from '../shared/controls.ts';
import { element } from '../shared/dom.ts';

/** Run name, experiment and, for a sweep, how many runs at a time. */
export interface RunOptions {
  readonly element: HTMLElement;
  readonly values: Pick<RunFormInput, 'runName' | 'experiment' | 'jobs'>;
  show(input: RunFormInput): void;
  showJobs(isSweep: boolean, error: string | undefined): void;
}

export function runOptions(projectName: string, input: RunFormInput, onChange: () => void): RunOptions {
  const field = (label: string, value: string, placeholder: string) =>
    textField({ label, value, placeholder }, onChange);
  const experiment = field('Experiment', input.experiment, projectName);
  const runName = field('Run name', input.runName, 'random, such as bold-wolf-312');
  const jobs = field('Runs at a time', input.jobs, '1');
  jobs.element.dataset.option = 'jobs';
  runName.element.dataset.option = 'runName';
  experiment.element.dataset.option = 'experiment';
  const jobsError = element('div', { class: 'error', attributes: { role: 'alert' } });
  const jobsRow = row('Runs at a time', jobs, jobsError);
  return {
    element: element('div', { class: 'options' }, row('Experiment', experiment), row('Run name', runName), jobsRow),
    get values() {
      return { runName: runName.value, experiment: experiment.value, jobs: jobs.value };
    },
    show(next) {
      runName.value = next.runName;
      experiment.value = next.experiment;
      jobs.value = next.jobs;
    },
    showJobs(isSweep, error) {
      jobsRow.hidden = !isSweep;
      jobsError.textContent = error ?? '';
      jobs.element.classList.toggle('invalid', error !== undefined);
    },
  };
}

function row(label: string, control: TextField, ...more: HTMLElement[]): HTMLElement {
  return element(
    'div',
    { class: 'row' },
    element('div', { class: 'label' }, element('span', {}, label)),
    element('div', { class: 'input' }, element('div', { class: 'controls' }, control.element), ...more),
  );
}
