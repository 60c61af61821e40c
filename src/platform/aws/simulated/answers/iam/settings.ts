// IAM: what an account has once.

import type * as sdk from '@aws-sdk/client-iam';
import type { SummaryKeyType, VirtualMFADevice } from '@aws-sdk/client-iam';
import type { Answers, Call } from '../../call.ts';
import { refuse } from '../../refusal.ts';
import { noSuchEntity } from './entities.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
function summary(call: Call): Partial<Record<SummaryKeyType, number>> {
  const { iam } = call.account;
  const { root } = iam;
  const users = [...iam.users.values()];
  const devices = users.filter((user) => user.mfa !== 'none').length;
  return {
    AccountAccessKeysPresent: root.accessKey ? 1 : 0,
    AccountMFAEnabled: root.mfa === 'none' ? 0 : 1,
    AccountPasswordPresent: root.password ? 1 : 0,
    AccountSigningCertificatesPresent: 0,
    Users: users.length,
    UsersQuota: 5000,
    Groups: iam.groups.size,
    GroupsQuota: 300,
    Roles: iam.roles.size,
    RolesQuota: 1000,
    Policies: [...iam.policies.values()].filter((policy) => !policy.awsManaged).length,
    PoliciesQuota: 1500,
    MFADevices: devices + (root.mfa === 'none' ? 0 : 1),
    MFADevicesInUse: devices + (root.mfa === 'none' ? 0 : 1),
    ServerCertificates: iam.serverCertificates.length,
    InstanceProfiles: [...iam.roles.values()].filter((role) => role.instanceProfile).length,
    Providers: iam.oidcProviders.length + iam.samlProviders.length,
  };
}

function virtualDevices(call: Call): VirtualMFADevice[] {
  const { iam } = call.account;
  const { calendar } = call.world;
  const devices: VirtualMFADevice[] = [...iam.users.values()]
    .filter((user) => user.mfa === 'virtual')
    .map((user) => ({
      SerialNumber: call.site.arn('iam', '', `mfa/${user.name}`),
      EnableDate: calendar.ago(Math.min(user.created, 90)),
      User: {
        UserName: user.name,
        UserId: user.id,
        Arn: user.arn,
        Path: user.path,
        CreateDate: calendar.ago(user.created),
      },
    }));
  if (iam.root.mfa === 'virtual') {
    devices.push({
      SerialNumber: call.site.arn('iam', '', 'mfa/root-account-mfa-device'),
      EnableDate: calendar.ago(700),
      // The root user has no path and no name.
      User: {
        UserId: call.site.account,
        Arn: call.site.arn('iam', '', 'root'),
        CreateDate: calendar.ago(700),
        Path: undefined,
        UserName: undefined,
      },
    });
  }
  return devices;
}

export const settings: Answers<typeof sdk> = {
  GetAccountSummary: (_, call) => ({ SummaryMap: summary(call) }),
  GetAccountPasswordPolicy: (_, call) => {
    const policy = call.account.iam.passwordPolicy;
    if (policy === undefined)
      return noSuchEntity(`The Password Policy with domain name ${call.site.account} cannot be found.`);
    return {
      PasswordPolicy: {
        MinimumPasswordLength: policy.minimumLength,
        RequireSymbols: policy.symbols,
        RequireNumbers: policy.numbers,
        RequireUppercaseCharacters: policy.uppercase,
        RequireLowercaseCharacters: policy.lowercase,
        AllowUsersToChangePassword: true,
        ExpirePasswords: policy.maxAge !== undefined,
        HardExpiry: false,
        ...(policy.maxAge === undefined ? {} : { MaxPasswordAge: policy.maxAge }),
        ...(policy.reuse === undefined ? {} : { PasswordReusePrevention: policy.reuse }),
      },
    };
  },
  ListServerCertificates: (_, call) => ({
    ServerCertificateMetadataList: call.account.iam.serverCertificates.map((certificate) => ({
      ServerCertificateName: certificate.name,
      ServerCertificateId: `ASCA${call.site.base32(17, 'server-certificate', certificate.name)}`,
      Arn: call.site.arn('iam', '', `server-certificate/${certificate.name}`),
      Path: '/',
      UploadDate: call.world.calendar.ago(certificate.uploaded),
      Expiration: call.world.calendar.ago(certificate.expired),
    })),
    IsTruncated: false,
  }),
  ListServerCertificateTags: (input, call) => {
    const known = call.account.iam.serverCertificates.some(({ name }) => name === input.ServerCertificateName);
    if (!known) return noSuchEntity(`The Server Certificate with name ${input.ServerCertificateName} cannot be found.`);
    return { Tags: [], IsTruncated: false };
  },
  ListVirtualMFADevices: (_, call) => ({ VirtualMFADevices: virtualDevices(call), IsTruncated: false }),
  ListAccountAliases: (_, call) => ({ AccountAliases: [call.account.iam.alias], IsTruncated: false }),
  ListOrganizationsFeatures: (_, call) => {
    const { organization } = call.world;
    const { profile } = call.site;
    if (profile !== organization.management && !organization.delegatedTo(profile).includes('iam.amazonaws.com')) {
      refuse(
        'AccountNotManagementOrDelegatedAdministratorException',
        'The request was rejected because the account making the request is not the management account or delegated administrator account for centralized root access.',
      );
    }
    return { OrganizationId: organization.id, EnabledFeatures: ['RootCredentialsManagement', 'RootSessions'] };
  },
  ListOpenIDConnectProviders: (_, call) => ({
    OpenIDConnectProviderList: call.account.iam.oidcProviders.map(({ arn }) => ({ Arn: arn })),
  }),
  GetOpenIDConnectProvider: (input, call) => {
    const provider = call.account.iam.oidcProviders.find(({ arn }) => arn === input.OpenIDConnectProviderArn);
    if (provider === undefined)
      return noSuchEntity(`OpenIDConnect Provider not found for arn ${input.OpenIDConnectProviderArn}`);
    return {
      Url: provider.url,
      ClientIDList: [...provider.audiences],
      ThumbprintList: [...provider.thumbprints],
      CreateDate: call.world.calendar.ago(provider.created),
      Tags: [],
    };
  },
  ListSAMLProviders: (_, call) => ({
    SAMLProviderList: call.account.iam.samlProviders.map(({ arn, created }) => ({
      Arn: arn,
      ValidUntil: call.world.calendar.ago(created - 3650),
      CreateDate: call.world.calendar.ago(created),
    })),
  }),
};
