namespace TsMapSurvey.Storage.Tests.Contract;

public sealed class AzuriteStoreTests() : BlobStoreContract("azurite");
