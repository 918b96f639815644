namespace TsMapSurvey.Storage.Tests.Contract;

[Trait("Pace", "slow")]
public sealed class AzuriteStoreTests() : BlobStoreContract("azurite");
