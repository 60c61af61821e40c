// The model of one account: its parts are made when they are asked for.

import { lazy } from '../lazy.ts';
import { type ManifestEntry, recorder } from '../manifest.ts';
import type { AccountProfile } from '../organization/profile.ts';
import { allRegions } from '../regions.ts';
import type { Site } from '../site.ts';
import { type CloudTrailModel, cloudTrailModel } from './cloudtrail/cloudtrail.ts';
import { iamModel } from './iam/iam.ts';
import type { IamModel } from './iam/state.ts';
import { type RegionModel, regionModel } from './region/region-model.ts';
import { type S3Model, s3Model } from './s3/s3.ts';

export interface Contacts {
  security: boolean;
  planted: readonly ManifestEntry[];
}

export interface AccountModel {
  profile: AccountProfile;
  site: Site;
  /** Enabled regions. */
  regions: readonly string[];
  contacts: Contacts;
  iam: IamModel;
  s3: S3Model;
  cloudTrail: CloudTrailModel;
  /** An enabled region. */
  region(name: string): RegionModel;
  /** Everything that was planted in the account. Makes all parts. */
  planted(): readonly ManifestEntry[];
}

/** Whether somebody is named for security matters: mostly, but not everywhere. */
function contactsOf(site: Site): Contacts {
  const { plantIndex } = site.profile;
  const missing = plantIndex !== undefined && plantIndex % 6 === 2;
  const record = recorder(site.account, 'global');
  if (plantIndex !== undefined && plantIndex % 6 < 4) {
    const arn = site.arn('account', '', 'alternate-contact');
    const note = missing ? 'nobody is named for security matters' : 'a security contact is named';
    record.add(missing ? 'plant' : 'clean-twin', 'security-contact-missing', {
      type: 'AWS::Account::AlternateContact',
      arn,
      note,
    });
  }
  return { security: !missing, planted: record.entries };
}

export function accountModel(site: Site, externalId: string): AccountModel {
  const { profile } = site;
  const iam = lazy(() => iamModel(site, externalId));
  const s3 = lazy(() => s3Model(site));
  const contacts = lazy(() => contactsOf(site));
  const cloudTrail = lazy(() => cloudTrailModel(site));
  const regions = new Map<string, RegionModel>();
  const region = (name: string): RegionModel => {
    const kept = regions.get(name);
    if (kept !== undefined) return kept;
    const made = regionModel(site, name);
    regions.set(name, made);
    return made;
  };
  return {
    profile,
    site,
    regions: allRegions.slice(0, 17).concat(profile.optedIn),
    get contacts() {
      return contacts();
    },
    get iam() {
      return iam();
    },
    get s3() {
      return s3();
    },
    get cloudTrail() {
      return cloudTrail();
    },
    region,
    planted: () => [
      ...contacts().planted,
      ...iam().planted,
      ...s3().planted,
      ...cloudTrail().planted,
      ...profile.usedRegions.flatMap((used) => region(used).planted()),
    ],
  };
}
