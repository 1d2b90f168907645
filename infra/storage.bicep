// A storage account that knows no keys: who wants in needs a role.
@maxLength(24)
param name string
param location string
param tags object
param containers string[]

@description('Keep overwritten and deleted blobs for a while: a dataset overwritten by mistake can be had back.')
param keepsVersions bool

var daysKept = 30

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    isLocalUserEnabled: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: 'Enabled' // the app has no virtual network; what keeps strangers out is that only roles open anything
    networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: keepsVersions
    deleteRetentionPolicy: keepsVersions ? { enabled: true, days: daysKept } : { enabled: false }
    containerDeleteRetentionPolicy: keepsVersions ? { enabled: true, days: daysKept } : { enabled: false }
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [for container in containers: {
  parent: blobs
  name: container
  properties: { publicAccess: 'None' }
}]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = if (keepsVersions) {
  parent: account
  name: 'default'
  dependsOn: [blobs]
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-old-versions'
          type: 'Lifecycle'
          enabled: true
          definition: {
            actions: { version: { delete: { daysAfterCreationGreaterThan: daysKept } } }
            filters: { blobTypes: ['blockBlob'] }
          }
        }
      ]
    }
  }
}

output name string = account.name
