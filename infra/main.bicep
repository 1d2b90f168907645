// Everything the app needs in one resource group. What it does not make: the Event Grid subscription (it wants the key that the deployed
// app has made itself, see hooks/) and the registration of people and programs in Entra (docs/azure.md).
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment; the names of all resources derive from it.')
param environmentName string

@minLength(1)
@description('Region of all resources; it must have Flex Consumption.')
@metadata({ azd: { type: 'location' } })
param location string

@allowed(['Entra', 'FunctionKey'])
@description('Who may call the HTTP routes: Entra (built-in authentication, and a function key) or whoever holds a function key.')
param authentication string = 'Entra'

@description('Client id of the app registration that callers ask tokens for. Needed with Entra; docs/azure.md has the commands.')
param entraClientId string = ''

@secure()
@description('Key of the OpenAI account, put into the key vault. Empty: the vault keeps what it has. Unused with Azure OpenAI.')
param openAiApiKey string = ''

@description('Azure OpenAI instead of OpenAI, without any key: https://RESOURCE.openai.azure.com/openai/v1/. Empty: OpenAI.')
param azureOpenAiEndpoint string = ''

@description('Resource id of that Azure OpenAI account, on which the app gets its role. Empty: somebody else assigns it.')
param azureOpenAiResourceId string = ''

@minValue(1)
@maxValue(1000)
@description('How many instances the app may grow to; a limit on speed and on cost.')
param maximumInstanceCount int = 40

@description('More app settings of the product, such as { FineTune__ApproveAbove: \'50\' }. No secrets.')
param settings object = {}

@description('Where alerts are sent. Empty: they are only shown in the portal.')
param alertEmail string = ''

var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var datasetContainer = 'datasets'
var deadLetterContainer = 'deadletter'
var deploymentContainer = 'deployment'
var usesAzureOpenAi = !empty(azureOpenAiEndpoint)

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module appIdentity 'identity.bicep' = {
  scope: group
  params: { name: 'id-app-${token}', location: location, tags: tags }
}

module eventsIdentity 'identity.bicep' = {
  scope: group
  params: { name: 'id-events-${token}', location: location, tags: tags }
}

// The app's own account: its package, its keys, the durable task hub. Nobody but the app has a role on it.
module hostStorage 'storage.bicep' = {
  scope: group
  params: { name: 'sthost${token}', location: location, tags: tags, containers: [deploymentContainer], keepsVersions: false }
}

// What people see: datasets, reports, the ledger. Roles for people are given on the container.
module datasetStorage 'storage.bicep' = {
  scope: group
  params: { name: 'stdata${token}', location: location, tags: tags, containers: [datasetContainer, deadLetterContainer], keepsVersions: true }
}

module keyVault 'key-vault.bicep' = if (!usesAzureOpenAi) {
  scope: group
  params: { name: 'kv-${token}', location: location, tags: tags, readerPrincipalId: appIdentity.outputs.principalId, openAiApiKey: openAiApiKey }
}

module monitoring 'monitoring.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module roles 'roles.bicep' = {
  scope: group
  params: {
    principalId: appIdentity.outputs.principalId
    hostStorageName: hostStorage.outputs.name
    datasetStorageName: datasetStorage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module azureOpenAiRole 'azure-openai-role.bicep' = if (!empty(azureOpenAiResourceId)) {
  scope: resourceGroup(split(azureOpenAiResourceId, '/')[?2] ?? subscription().subscriptionId, split(azureOpenAiResourceId, '/')[?4] ?? group.name)
  params: { accountName: last(split(azureOpenAiResourceId, '/')), principalId: appIdentity.outputs.principalId }
}

module app 'app.bicep' = {
  scope: group
  dependsOn: [roles, keyVault] // the platform reads package and key in the app's name as soon as the app is there
  params: {
    token: token
    location: location
    tags: tags
    identityName: appIdentity.outputs.name
    hostStorageName: hostStorage.outputs.name
    deploymentContainer: deploymentContainer
    datasetStorageName: datasetStorage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
    maximumInstanceCount: maximumInstanceCount
    settings: union(settings, usesAzureOpenAi ? {
      FineTune__Provider__Endpoint: azureOpenAiEndpoint
      FineTune__Provider__Authentication: 'Entra'
    } : {
      FineTune__Provider__ApiKey: '@Microsoft.KeyVault(SecretUri=https://kv-${token}${environment().suffixes.keyvaultDns}/secrets/openai-api-key)'
    })
  }
}

module builtInAuthentication 'authentication.bicep' = if (authentication == 'Entra') {
  scope: group
  params: {
    appName: app.outputs.name
    clientId: authentication == 'Entra' && empty(entraClientId) ? fail('Set ENTRA_CLIENT_ID to the client id of an app registration (docs/azure.md has the commands), or AUTHENTICATION to FunctionKey.') : entraClientId
  }
}

module events 'events.bicep' = {
  scope: group
  params: {
    name: 'evgt-${token}'
    location: location
    tags: tags
    storageName: datasetStorage.outputs.name
    deadLetterContainer: deadLetterContainer
    identityName: eventsIdentity.outputs.name
  }
}

module alerts 'alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    email: alertEmail
    systemTopicName: events.outputs.name
    workspaceName: monitoring.outputs.workspaceName
  }
}

// azd keeps these for the hooks and for people; nothing here is secret.
output AZURE_RESOURCE_GROUP string = group.name
output FUNCTION_APP_NAME string = app.outputs.name
output FUNCTION_APP_URL string = app.outputs.url
output DATASET_STORAGE_NAME string = datasetStorage.outputs.name
output DATASET_CONTAINER string = datasetContainer
output DEAD_LETTER_CONTAINER string = deadLetterContainer
output SYSTEM_TOPIC_NAME string = events.outputs.name
output EVENTS_IDENTITY_NAME string = eventsIdentity.outputs.name
output KEY_VAULT_NAME string = usesAzureOpenAi ? '' : 'kv-${token}'
