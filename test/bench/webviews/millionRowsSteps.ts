import { defineSteps, tellAnswers } from './measuredPage.ts';

defineSteps({
  show(rows: number) {
    tellAnswers({ kind: 'show', rows });
    return () => document.querySelector('.canvas .row .name') !== null;
  },
});
