namespace TsMapSurvey.Storage.Tests.Contract;

public sealed class DirectoryStoreTests() : BlobStoreContract("directory");
