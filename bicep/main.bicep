// All resources of one TsMapSurvey system, in one resource group. Deployed by infra/deploy.sh, see infra/README.md.
targetScope = 'resourceGroup'

import { survey } from 'modules/types.bicep'

@description('Name of the system; part of the names of its resources.')
@minLength(3)
@maxLength(12)
param systemName string

@description('Stage of the system; part of tags and names.')
@allowed(['dev', 'test', 'prod'])
param stage string

param location string = resourceGroup().location

@description('Image of the container app, in the registry deployed here, e.g. "tsmap:1a2b3c". Empty: the app is not deployed, as in the first deployment.')
param image string = ''

@description('Survey definitions to serve.')
param surveys survey[] = []

@description('How silos find each other. "localhost" is one silo, so one replica; "redis" deploys Azure Managed Redis and allows several replicas.')
@allowed(['localhost', 'redis'])
param clustering string = 'localhost'

@description('Least number of replicas with clustering "redis". Not 0, because no request announces new observations.')
@minValue(1)
param minReplicas int = 2

@minValue(1)
param maxReplicas int = 6

@description('Cores of a replica, each with 2 GiB of memory.')
@allowed([1, 2, 4])
param cores int = 2

@description('Address ranges (CIDR) that may reach the HTTP API. Empty: only from inside the environment.')
param allowedAddresses string[] = []

@description('Additional host names of the API, such as a custom domain.')
param hostNames string[] = []

@description('Key for changing and deleting surveys, 16 characters or more. Empty: a new one with each deployment; infra/deploy.sh passes the existing one.')
@secure()
param writeKey string = ''

@description('Used if writeKey is empty.')
@secure()
param newWriteKey string = newGuid()

@description('Days that logs are kept.')
@minValue(30)
param logRetentionDays int = 30

@description('Key for reading, 16 characters or more. Empty: everyone who reaches the API may read, unless tokenAuthority is set.')
@secure()
param readKey string = ''

@description('Issuer of tokens that are accepted beside the keys, e.g. "https://login.microsoftonline.com/TENANT/v2.0". Empty: keys only.')
param tokenAuthority string = ''

@description('Ids of the applications that are registered for this API in Entra ID.')
param tokenAudiences string[] = []

@description('Whether everyone who reaches the API may read.')
#disable-next-line secure-secrets-in-params // It only says whether there is a key.
param readingIsOpen bool = empty(readKey)

@description('Networks of the proxies whose X-Forwarded-For is believed. Default: those of the ingress of Container Apps.')
param proxies string[] = ['100.100.0.0/16']

var unique = uniqueString(resourceGroup().id, systemName, stage)
var suffix = '${systemName}-${stage}'
var storageName = take('st${replace(systemName, '-', '')}${unique}', 24)
var identityName = 'id-${suffix}'
var redisName = 'redis-${suffix}-${unique}'
var tags = {
  system: systemName
  stage: stage
  project: 'TsMapSurvey'
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: identityName
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: storageName
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    principalName: identityName
  }
}

module events 'modules/events.bicep' = {
  name: 'events'
  params: {
    name: 'evgt-${suffix}'
    location: location
    tags: tags
    storageName: storageName
    containerName: storage.outputs.containerName
    queueName: storage.outputs.queueName
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  params: {
    name: take('cr${replace(systemName, '-', '')}${unique}', 50)
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    principalName: identityName
  }
}

module redis 'modules/redis.bicep' = if (clustering == 'redis') {
  name: 'redis'
  params: {
    name: redisName
    location: location
    tags: tags
  }
}

module environment 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    name: 'cae-${suffix}'
    logsName: 'log-${suffix}'
    logRetentionDays: logRetentionDays
    location: location
    tags: tags
  }
}

module app 'modules/app.bicep' = if (!empty(image)) {
  name: 'app'
  params: {
    name: 'ca-${suffix}'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    registryServer: registry.outputs.server
    image: image
    storeUrl: storage.outputs.storeUrl
    queueUrl: storage.outputs.queueUrl
    surveys: surveys
    clustering: clustering
    clusterId: suffix
    redisName: clustering == 'redis' ? redisName : ''
    minReplicas: clustering == 'redis' ? minReplicas : 1
    maxReplicas: clustering == 'redis' ? maxReplicas : 1
    cores: cores
    allowedAddresses: allowedAddresses
    environmentDomain: environment.outputs.domain
    hostNames: hostNames
    writeKey: empty(writeKey) ? newWriteKey : writeKey
    readKey: readKey
    readingIsOpen: readingIsOpen
    tokenAuthority: tokenAuthority
    tokenAudiences: tokenAudiences
    proxies: proxies
  }
  dependsOn: [
    redis
  ]
}

@description('The store of observations and tiles: the value of --store.')
output storeUrl string = storage.outputs.storeUrl

output storageAccount string = storage.outputs.name

@description('Queue of "blob created" events that the servers read.')
output queueName string = storage.outputs.queueName

output registryName string = registry.outputs.name

output registryServer string = registry.outputs.server

output appName string = app.?outputs.name ?? ''

@description('Address of API and page; empty before the app is deployed.')
output url string = app.?outputs.url ?? ''
