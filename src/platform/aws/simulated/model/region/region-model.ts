// The model of one region of one account: its parts are made when they are asked for.

import { lazy } from '../../lazy.ts';
import type { ManifestEntry } from '../../manifest.ts';
import type { Site } from '../../site.ts';
import { type Ec2Model, ec2Model } from '../ec2/ec2.ts';
import { type EcrModel, ecrModel } from '../ecr/ecr.ts';
import { type KmsModel, kmsModel } from '../kms.ts';
import { type LambdaModel, lambdaModel } from '../lambda.ts';
import { type MessagingModel, messagingModel } from '../messaging.ts';
import { type RdsModel, rdsModel } from '../rds/rds.ts';
import { type SearchModel, searchModel } from '../search.ts';
import { type SecretsModel, secretsModel } from '../secrets.ts';
import { type SystemsModel, systemsModel } from '../systems.ts';
import type { WatchingModel } from '../watching/state.ts';
import { watchingModel } from '../watching/watching.ts';
import { type Ground, groundOf } from './ground.ts';

export interface RegionModel {
  readonly ground: Ground;
  readonly ec2: Ec2Model;
  readonly kms: KmsModel;
  readonly rds: RdsModel;
  readonly lambda: LambdaModel;
  readonly messaging: MessagingModel;
  readonly ecr: EcrModel;
  readonly search: SearchModel;
  readonly systems: SystemsModel;
  readonly secrets: SecretsModel;
  readonly watching: WatchingModel;
  planted(): readonly ManifestEntry[];
}

export function regionModel(site: Site, region: string): RegionModel {
  const fresh = (): Ground => groundOf(site, region);
  const ec2 = lazy(() => ec2Model(fresh()));
  const kms = lazy(() => kmsModel(fresh()));
  const rds = lazy(() => rdsModel(fresh()));
  const lambda = lazy(() => lambdaModel(fresh()));
  const messaging = lazy(() => messagingModel(fresh()));
  const ecr = lazy(() => ecrModel(fresh()));
  const search = lazy(() => searchModel(fresh()));
  const systems = lazy(() => systemsModel(fresh()));
  const secrets = lazy(() => secretsModel(fresh()));
  const watching = lazy(() => watchingModel(fresh()));
  return {
    ground: fresh(),
    get ec2() {
      return ec2();
    },
    get kms() {
      return kms();
    },
    get rds() {
      return rds();
    },
    get lambda() {
      return lambda();
    },
    get messaging() {
      return messaging();
    },
    get ecr() {
      return ecr();
    },
    get search() {
      return search();
    },
    get systems() {
      return systems();
    },
    get secrets() {
      return secrets();
    },
    get watching() {
      return watching();
    },
    planted: () => [
      ...ec2().ground.record.entries,
      ...kms().planted,
      ...rds().planted,
      ...lambda().planted,
      ...messaging().planted,
      ...ecr().planted,
      ...search().planted,
      ...systems().planted,
      ...secrets().planted,
      ...watching().planted,
    ],
  };
}
