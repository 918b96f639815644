namespace TsMapSurvey.Storage.Tests.Contract;

[Trait("Pace", "slow")]
public sealed class ResilientAzuriteStoreTests() : BlobStoreContract("resilient azurite");
