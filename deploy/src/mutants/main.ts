// `npm run mutants [part of a name]`: breaks each invariant on purpose; fails where no test notices.
import { killMutants } from './killMutants.ts';

const { killed, bad } = await killMutants(process.argv[2]);
console.log(`${killed} mutants killed, ${bad} not as they should be`);
process.exitCode = bad === 0 && killed > 0 ? 0 : 1;
