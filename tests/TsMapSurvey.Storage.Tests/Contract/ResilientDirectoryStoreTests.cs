namespace TsMapSurvey.Storage.Tests.Contract;

public sealed class ResilientDirectoryStoreTests() : BlobStoreContract("resilient directory");
