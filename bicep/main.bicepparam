using 'main.bicep'

// infra/deploy.sh sets the TSMAP_* variables from its options.
param systemName = readEnvironmentVariable('TSMAP_SYSTEM', 'tsmap')
param stage = readEnvironmentVariable('TSMAP_STAGE', 'dev')
param image = readEnvironmentVariable('TSMAP_IMAGE', '')

param writeKey = readEnvironmentVariable('TSMAP_KEY', '')
param readKey = readEnvironmentVariable('TSMAP_READ_KEY', '')

// e.g. 'https://login.microsoftonline.com/TENANT/v2.0' and the id of the application registered for the API
param tokenAuthority = ''
param tokenAudiences = []

// 'localhost' is one silo; 'redis' deploys Azure Managed Redis and minReplicas to maxReplicas silos.
param clustering = 'localhost'

// e.g. [{ name: 'galactic', definition: loadTextContent('surveys/galactic.json') }]
param surveys = []

// e.g. ['203.0.113.0/24']
param allowedAddresses = []
