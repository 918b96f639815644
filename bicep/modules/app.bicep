// Runs `tsmap serve`: silo, API and page in every replica.
import { survey, tags as tagsType } from 'types.bicep'

param name string
param location string
param tags tagsType
param environmentId string
param identityId string
param identityClientId string
param registryServer string
param image string
param storeUrl string

@description('Queue of events of new observations.')
param queueUrl string

param surveys survey[]

@allowed(['localhost', 'redis'])
param clustering string

param clusterId string

@description('Name of the Azure Managed Redis; empty with clustering "localhost".')
param redisName string

param minReplicas int
param maxReplicas int
param cores int
param allowedAddresses string[]

@description('Domain of the environment, the parent domain of the app.')
param environmentDomain string

@description('Additional host names of the app.')
param hostNames string[]

@secure()
param writeKey string

@description('Empty: none.')
@secure()
param readKey string

param readingIsOpen bool

@description('Issuer of tokens; empty: none are accepted.')
param tokenAuthority string

param tokenAudiences string[]

@description('Networks of the proxies in front of the app.')
param proxies string[]

var httpPort = 8080
var healthPort = 8081
var siloPort = 11111
var gatewayPort = 30000
var surveyFolder = '/surveys'
var connectionSecret = 'cluster-connection'
var keySecret = 'write-key'
var readKeySecret = 'read-key'
var ownNames = [name, '${name}.${environmentDomain}', '${name}.internal.${environmentDomain}']

resource redis 'Microsoft.Cache/redisEnterprise@2025-04-01' existing = if (!empty(redisName)) {
  name: redisName

  resource database 'databases' existing = {
    name: 'default'
  }
}

var clusterSecrets = empty(redisName)
  ? []
  : [
      {
        name: connectionSecret
        value: '${redis!.properties.hostName}:10000,password=${redis::database!.listKeys().primaryKey},ssl=True,abortConnect=False'
      }
    ]
var readSecrets = empty(readKey)
  ? []
  : [
      {
        name: readKeySecret
        value: readKey
      }
    ]
var surveySecrets = map(surveys, one => {
  name: 'survey-${one.name}'
  value: one.definition
})
var surveyOptions = flatten(map(surveys, one => ['--survey', '${surveyFolder}/${one.name}.json']))
var readVariables = empty(readKey)
  ? []
  : [
      {
        name: 'TSMAP_Keys__Read'
        secretRef: readKeySecret
      }
    ]
var tokenVariables = empty(tokenAuthority)
  ? []
  : [
      {
        name: 'TSMAP_Tokens__Authority'
        value: tokenAuthority
      }
      {
        name: 'TSMAP_Tokens__Audiences'
        value: join(tokenAudiences, ';')
      }
    ]
var clusterVariables = empty(redisName)
  ? []
  : [
      {
        name: 'TSMAP_Clustering__Connection'
        secretRef: connectionSecret
      }
    ]

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      maxInactiveRevisions: 5
      ingress: {
        external: !empty(allowedAddresses)
        targetPort: httpPort
        transport: 'auto'
        allowInsecure: false
        ipSecurityRestrictions: map(allowedAddresses, (range, index) => {
          name: 'allowed-${index}'
          action: 'Allow'
          ipAddressRange: range
        })
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: concat(
        [
          {
            name: keySecret
            value: writeKey
          }
        ],
        readSecrets,
        clusterSecrets,
        surveySecrets
      )
    }
    template: {
      // Longer than a silo needs to write its tiles and hand over to others.
      terminationGracePeriodSeconds: 90
      containers: [
        {
          name: 'tsmap'
          image: '${registryServer}/${image}'
          args: concat(
            [
              'serve'
              '--urls'
              'http://0.0.0.0:${httpPort}'
              '--health-urls'
              'http://0.0.0.0:${healthPort}'
              '--silo-port'
              string(siloPort)
              '--gateway-port'
              string(gatewayPort)
              '--clustering'
              clustering
              '--cluster-id'
              clusterId
            ],
            surveyOptions
          )
          env: concat(
            [
              {
                name: 'TSMAP_Store__Url'
                value: storeUrl
              }
              {
                name: 'TSMAP_Intake__Queue'
                value: queueUrl
              }
              {
                // The queue announces new blobs; the listing only finds those whose event was lost.
                name: 'TSMAP_Intake__Interval'
                value: '00:01:00'
              }
              {
                name: 'TSMAP_Keys__Write'
                secretRef: keySecret
              }
              {
                name: 'TSMAP_Hosts__Allowed'
                value: join(concat(ownNames, hostNames), ';')
              }
              {
                name: 'TSMAP_Keys__OpenReads'
                value: readingIsOpen ? 'true' : 'false'
              }
              {
                // Otherwise all clients are one, with the address of the ingress.
                name: 'TSMAP_Proxies__Known'
                value: join(proxies, ';')
              }
              {
                name: 'AZURE_CLIENT_ID'
                value: identityClientId
              }
            ],
            readVariables,
            tokenVariables,
            clusterVariables
          )
          resources: {
            cpu: cores
            memory: '${cores * 2}Gi'
          }
          volumeMounts: empty(surveys)
            ? []
            : [
                {
                  volumeName: 'surveys'
                  mountPath: surveyFolder
                }
              ]
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/health/live'
                port: healthPort
              }
              periodSeconds: 3
              failureThreshold: 40
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/health/live'
                port: healthPort
              }
              periodSeconds: 15
              timeoutSeconds: 5
              failureThreshold: 4
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/health/ready'
                port: healthPort
              }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
        }
      ]
      volumes: empty(surveys)
        ? []
        : [
            {
              name: 'surveys'
              storageType: 'Secret'
              secrets: map(surveys, one => {
                secretRef: 'survey-${one.name}'
                path: '${one.name}.json'
              })
            }
          ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [
          {
            name: 'cpu'
            custom: {
              type: 'cpu'
              metadata: {
                type: 'Utilization'
                value: '70'
              }
            }
          }
        ]
      }
    }
  }
}

output name string = app.name
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
