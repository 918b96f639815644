// Sends "blob created" events of observations to the store's queue, with an identity of the topic, because the account allows no keys.
import { tags as tagsType } from 'types.bicep'

param name string
param location string
param tags tagsType
param storageName string
param containerName string
param queueName string

var queueMessageSender = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
var blobs = '/blobServices/default/containers/${containerName}/blobs/'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: account.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, name, queueMessageSender)
  scope: account
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueMessageSender)
  }
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: 'observations'
  properties: {
    deliveryWithResourceIdentity: {
      identity: {
        type: 'SystemAssigned'
      }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: queueName
        }
      }
    }
    eventDeliverySchema: 'EventGridSchema'
    filter: {
      includedEventTypes: [
        'Microsoft.Storage.BlobCreated'
      ]
      subjectBeginsWith: blobs
      // Only names of observations, and no blobs that the silos write.
      advancedFilters: [
        {
          operatorType: 'StringEndsWith'
          key: 'subject'
          values: [
            '.fits'
            '.fits.gz'
            '.fit'
            '.fit.gz'
            '.fits.fz'
          ]
        }
        {
          operatorType: 'StringNotBeginsWith'
          key: 'subject'
          values: [
            '${blobs}surveys/'
            '${blobs}compute/'
          ]
        }
      ]
    }
  }
  dependsOn: [
    grant
  ]
}
