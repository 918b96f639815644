namespace TsMapSurvey.Storage.Tests.Contract;

public sealed class ResilientAzuriteStoreTests() : BlobStoreContract("resilient azurite");
