namespace TsMapSurvey.Storage.Tests.Contract;

[Trait("Pace", "slow")]
public sealed class ResilientDirectoryStoreTests() : BlobStoreContract("resilient directory");
