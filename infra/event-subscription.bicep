// Which events reach the app, and what becomes of those that do not. Deployed by hooks/, after the code: the address carries a key that
// the app makes when it first runs, and Event Grid asks the app whether it wants the events.
param systemTopicName string
param storageName string
param datasetContainer string
param deadLetterContainer string
param identityName string

@description('Name of the function with the Event Grid blob trigger.')
param functionName string

param functionAppUrl string

@secure()
@description('The system key blobs_extension of the function app.')
param blobsExtensionKey string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: systemTopicName
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'datasets'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: '${functionAppUrl}/runtime/webhooks/blobs?functionName=Host.Functions.${functionName}&code=${blobsExtensionKey}'
        maxEventsPerBatch: 1
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${datasetContainer}/blobs/'
      subjectEndsWith: '.jsonl'
      isSubjectCaseSensitive: false
      advancedFilters: [
        // The calls that end a write. Others are told while a blob is still being written.
        { operatorType: 'StringIn', key: 'data.api', values: ['PutBlob', 'PutBlockList', 'CopyBlob', 'FlushWithClose'] }
      ]
    }
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'UserAssigned', userAssignedIdentity: identity.id }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: storage.id, blobContainerName: deadLetterContainer }
      }
    }
  }
}
