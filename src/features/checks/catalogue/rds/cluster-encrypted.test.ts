import { make, testCheck } from '../../testing.ts';
import { check } from './cluster-encrypted.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-encrypted-at-rest.html';
const neptune = 'https://docs.aws.amazon.com/neptune/latest/userguide/encrypt.html';
const documentDb = 'https://docs.aws.amazon.com/documentdb/latest/developerguide/encryption-at-rest.html';
const plain = (engine: string) => make('AWS::RDS::DBCluster', { engine, storageEncrypted: false });

testCheck(
  'rds-cluster-encrypted',
  check,
  [
    { name: 'encrypted', subject: make('AWS::RDS::DBCluster'), expect: 'pass', reason: 'aurora-postgresql' },
    { name: 'an Aurora cluster', subject: plain('aurora-mysql'), expect: 'fail', source: rule },
    { name: 'a Neptune cluster', subject: plain('neptune'), expect: 'fail', reason: 'neptune', source: neptune },
    { name: 'a DocumentDB cluster', subject: plain('docdb'), expect: 'fail', source: documentDb },
    { name: 'the clusters could not be read', incomplete: ['AWS::RDS::DBCluster'], expect: 'unknown' },
  ],
  { notApplicable: 'every cluster has storage' },
);
