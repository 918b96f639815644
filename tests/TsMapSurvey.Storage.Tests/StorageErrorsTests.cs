using System.Net.Sockets;
using System.Xml;
using Azure;
using Azure.Identity;

namespace TsMapSurvey.Storage.Tests;

public sealed class StorageErrorsTests
{
    [Theory]
    [InlineData(0, null, StorageError.Unavailable)]
    [InlineData(401, "InvalidAuthenticationInfo", StorageError.Denied)]
    [InlineData(403, "AuthorizationPermissionMismatch", StorageError.Denied)]
    [InlineData(404, "BlobNotFound", StorageError.NotFound)]
    [InlineData(409, "ContainerBeingDeleted", StorageError.Unavailable)]
    [InlineData(400, "InvalidBlockList", StorageError.Unavailable)]
    [InlineData(400, "Md5Mismatch", StorageError.Unavailable)]
    [InlineData(400, "InvalidResourceName", StorageError.InvalidName)]
    [InlineData(412, "ConditionNotMet", StorageError.Changed)]
    [InlineData(413, "RequestBodyTooLarge", StorageError.TooLarge)]
    [InlineData(429, "TooManyRequests", StorageError.Unavailable)]
    [InlineData(500, "OperationTimedOut", StorageError.Unavailable)]
    [InlineData(503, "ServerBusy", StorageError.Unavailable)]
    public void An_answer_of_azure_is_one_of_our_errors(int status, string? code, StorageError expected)
    {
        var failed = new RequestFailedException(status, "m", code, null);
        var fault = StorageErrors.From(new AggregateException(failed), "store", "blob", CancellationToken.None)!;
        Assert.Equal((expected, "blob"), (fault.Error, fault.Blob));
        Assert.Equal(expected is StorageError.Unavailable or StorageError.TimedOut, fault.IsRetryable);
        Assert.Same(failed, fault.InnerException);
    }

    public static TheoryData<Exception, StorageError> Local => new()
    {
        { new FileNotFoundException(), StorageError.NotFound },
        { new DirectoryNotFoundException(), StorageError.NotFound },
        { new UnauthorizedAccessException(), StorageError.Denied },
        { new AuthenticationFailedException("no identity"), StorageError.Denied },
        { new PathTooLongException(), StorageError.InvalidName },
        { new IOException("No space left on device", 28), StorageError.Full },
        { new IOException("Disk quota exceeded", 122), StorageError.Full },
        { new IOException("Read-only file system", 30), StorageError.Denied },
        { new IOException("Input/output error", 5), StorageError.Unavailable },
        { new EndOfStreamException(), StorageError.Unavailable },
        { new InvalidDataException("hash mismatch"), StorageError.Unavailable },
        { new XmlException("Root element is missing."), StorageError.Unavailable },
        { new HttpRequestException("refused"), StorageError.Unavailable },
        { new SocketException(), StorageError.Unavailable },
        { new OperationCanceledException(), StorageError.TimedOut },
    };

    [Theory]
    [MemberData(nameof(Local), DisableDiscoveryEnumeration = true)]
    public void A_fault_of_disk_or_network_is_one_of_our_errors(Exception exception, StorageError expected) =>
        Assert.Equal(expected, StorageErrors.From(exception, "store", "blob", CancellationToken.None)!.Error);

    [Fact]
    public void Defects_of_the_program_and_the_callers_own_cancellation_stay_what_they_are()
    {
        Assert.Null(StorageErrors.From(new InvalidOperationException(), "store", "blob", CancellationToken.None));
        Assert.Null(StorageErrors.From(new ObjectDisposedException("stream"), "store", "blob", CancellationToken.None));
        Assert.Null(StorageErrors.From(new OperationCanceledException(), "store", "blob", new CancellationToken(true)));
    }
}
