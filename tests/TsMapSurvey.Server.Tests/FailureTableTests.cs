using TsMapSurvey.Contracts;
using TsMapSurvey.Storage;

namespace TsMapSurvey.Server.Tests;

public sealed class FailureTableTests
{
    [Theory]
    [InlineData(ServiceError.UnknownSurvey, 404, false)]
    [InlineData(ServiceError.UnknownObservation, 404, false)]
    [InlineData(ServiceError.UnknownTile, 404, false)]
    [InlineData(ServiceError.UnknownMap, 404, false)]
    [InlineData(ServiceError.UnknownQuantity, 404, false)]
    [InlineData(ServiceError.UnknownSlice, 404, false)]
    [InlineData(ServiceError.UnknownJob, 404, false)]
    [InlineData(ServiceError.UnknownDataset, 404, false)]
    [InlineData(ServiceError.BadDefinition, 400, false)]
    [InlineData(ServiceError.BadOptions, 400, false)]
    [InlineData(ServiceError.DefinitionConflict, 409, false)]
    [InlineData(ServiceError.WrongState, 409, false)]
    [InlineData(ServiceError.UndatedObservations, 409, false)]
    [InlineData(ServiceError.TooManyJobs, 429, true)]
    [InlineData(ServiceError.StoreUnavailable, 503, true)]
    [InlineData(ServiceError.Blocked, 503, true)]
    [InlineData(ServiceError.LostRace, 503, true)]
    [InlineData(ServiceError.Stopping, 503, true)]
    [InlineData(ServiceError.StoreRefused, 500, false)]
    public void A_failure_of_the_service_has_its_status_and_says_whether_to_come_back(ServiceError error, int status, bool retry)
    {
        var failure = FailureTable.Of(new SurveyServiceException(error, "what happened", "one", "two"));
        Assert.Equal((status, "what happened", retry), (failure.Status, failure.Detail, failure.RetryAfterS is > 0));
        Assert.Equal(["one", "two"], failure.Errors);
    }

    [Fact]
    public void Every_failure_of_the_service_is_in_the_table_above()
    {
        var told = typeof(FailureTableTests).GetMethod(nameof(A_failure_of_the_service_has_its_status_and_says_whether_to_come_back))!.CustomAttributes
            .Where(one => one.AttributeType == typeof(InlineDataAttribute)).Select(one => (ServiceError)(int)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)one.ConstructorArguments[0].Value!)[0].Value!);
        Assert.Equal(Enum.GetValues<ServiceError>().Order(), told.Order());
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_and_a_bad_name_is_the_askers_fault()
    {
        var unavailable = FailureTable.Of(StorageExceptionOf(StorageError.Unavailable));
        Assert.Equal((503, true), (unavailable.Status, unavailable.RetryAfterS is > 0));
        Assert.Equal(503, FailureTable.Of(StorageExceptionOf(StorageError.TimedOut)).Status);
        using var folder = new TemporaryFolder();
        var bad = await Assert.ThrowsAsync<StorageException>(() => BlobStores.Open(folder.Path).ReadAsync("..", TestContext.Current.CancellationToken));
        Assert.Equal((400, null), (FailureTable.Of(bad).Status, FailureTable.Of(bad).RetryAfterS));
        Assert.Equal(500, FailureTable.Of(StorageExceptionOf(StorageError.Damaged)).Status);
        Assert.Equal((503, true), (FailureTable.Of(new TimeoutException("inner detail")).Status, FailureTable.Of(new TimeoutException()).RetryAfterS is > 0));
    }

    [Fact]
    public void What_nobody_foresaw_tells_nothing_of_the_inside()
    {
        var failure = FailureTable.Of(new InvalidOperationException("a secret path"));
        Assert.Equal((500, null, null), (failure.Status, failure.Detail, failure.RetryAfterS));
        Assert.Empty(failure.Errors);
        Assert.DoesNotContain("inner detail", FailureTable.Of(new TimeoutException("inner detail")).Detail, StringComparison.Ordinal);
    }

    private static StorageException StorageExceptionOf(StorageError error) => error switch
    {
        StorageError.Unavailable => Unavailable(null, "store", "blob", null, null),
        StorageError.TimedOut => TimedOut(null, "store", "blob", null, null),
        _ => Damaged(null, "store", "blob", "this", "that", null),
    };

    [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.StaticMethod, Name = "Unavailable")]
    private static extern StorageException Unavailable(StorageException? type, string store, string? blob, Exception? inner, string? found);

    [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.StaticMethod, Name = "TimedOut")]
    private static extern StorageException TimedOut(StorageException? type, string store, string? blob, TimeSpan? limit, Exception? inner);

    [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.StaticMethod, Name = "Damaged")]
    private static extern StorageException Damaged(StorageException? type, string store, string blob, string expected, string found, Exception? inner);
}
