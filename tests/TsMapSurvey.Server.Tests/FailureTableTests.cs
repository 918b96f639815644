using Microsoft.AspNetCore.Http;
using TsMapSurvey.Contracts;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Units;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Access;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests;

public sealed class FailureTableTests
{
    private static readonly Dictionary<ServiceError, int> Statuses = new()
    {
        [ServiceError.UnknownSurvey] = 404,
        [ServiceError.UnknownObservation] = 404,
        [ServiceError.UnknownTile] = 404,
        [ServiceError.UnknownMap] = 404,
        [ServiceError.UnknownQuantity] = 404,
        [ServiceError.UnknownSlice] = 404,
        [ServiceError.UnknownJob] = 404,
        [ServiceError.UnknownDataset] = 404,
        [ServiceError.BadDefinition] = 400,
        [ServiceError.BadOptions] = 400,
        [ServiceError.TooManyJobs] = 429,
        [ServiceError.DefinitionConflict] = 409,
        [ServiceError.WrongState] = 409,
        [ServiceError.UndatedObservations] = 409,
        [ServiceError.StoreUnavailable] = 503,
        [ServiceError.Blocked] = 503,
        [ServiceError.LostRace] = 503,
        [ServiceError.Stopping] = 503,
        [ServiceError.StoreRefused] = 500,
        [ServiceError.StoreFull] = 507,
        [ServiceError.TooManySurveys] = 409,
        [ServiceError.TooLarge] = 413,
        [ServiceError.Busy] = 503,
        [ServiceError.NoMosaic] = 404,
    };

    [Fact]
    public void Every_failure_of_the_service_has_its_status_and_says_when_a_retry_helps()
    {
        foreach (var error in Enum.GetValues<ServiceError>())
        {
            var failure = FailureTable.Of(new SurveyServiceException(error, "what happened"));
            Assert.Equal((error, Statuses[error], "what happened"), (error, failure.Status, failure.Detail));
            Assert.Equal((error, failure.Status is 503 or 507 or 429), (error, failure.RetryAfterS is > 0));
        }

        Assert.Equal(["one", "two"], FailureTable.Of(new SurveyServiceException(ServiceError.BadDefinition, "both", "one", "two")).Errors);
    }

    [Fact]
    public void What_a_client_asked_wrongly_is_400_and_what_is_wrong_here_is_500()
    {
        Assert.Equal(400, Of(Assert.Throws<PlotException>(() => Colormap.Find("beige"))));
        Assert.Equal(400, Of(Assert.Throws<SkyException>(() => Wcs.Read(new Dictionary<string, object>()))));
        Assert.Equal(400, Of(Assert.Throws<SurveyException>(() => SurveyDefinition.Parse("{}"))));
        Assert.Equal(400, Of(StorageErrors.InvalidName("a//b", "an empty segment")));
        Assert.Equal(500, Of(StorageErrors.NotFound("store", "blob")));
        Assert.Equal(500, Of(StorageErrors.Damaged("store", "blob", "a manifest", "noise")));
        Assert.Equal(500, Of(Assert.Throws<FitsException>(() => FitsFile.Open(new MemoryStream(), "empty"))));
        Assert.Equal(500, Of(Assert.Throws<MapException>(() => Unit.Parse("parrot"))));
        Assert.Equal(413, Of(new BadHttpRequestException("too long", 413)));
        Assert.NotEmpty(FailureTable.Of(Assert.Throws<SurveyException>(() => SurveyDefinition.Parse("{}"))).Errors);

        static int Of(Exception exception) =>
            FailureTable.Of(exception) is { RetryAfterS: null } failure ? failure.Status : throw exception;
    }

    [Fact]
    public void What_may_pass_is_503_with_the_time_to_come_again()
    {
        foreach (var passing in new Exception[]
                 {
                     StorageErrors.Unavailable("store", "blob", null), StorageErrors.TimedOut("store", "blob", null, null),
                     new TimeoutException("secret"), new OrleansException("secret"),
                     RequestErrors.Gone("download", "blob"), RequestErrors.NotComputed("map", "no room"),
                 })
        {
            var failure = FailureTable.Of(passing);
            Assert.Equal((503, true), (failure.Status, failure.RetryAfterS is > 0));
            Assert.DoesNotContain("secret", failure.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_full_store_is_507_with_the_time_to_come_again()
    {
        var failure = FailureTable.Of(StorageErrors.Full("store", "blob", null));
        Assert.Equal((507, true), (failure.Status, failure.RetryAfterS > 0));
    }

    [Fact]
    public void Of_a_failure_that_nobody_foresaw_a_client_hears_nothing_but_500() =>
        Assert.Equal((500, null, null), FailureTable.Of(new InvalidOperationException("secret")) is var failure
            ? (failure.Status, failure.Detail, failure.RetryAfterS) : default);

    [Fact]
    public void Each_fault_of_a_request_has_its_status()
    {
        (Exception Fault, int Status)[] faults =
        [
            (RequestErrors.BadParameters(["one"]), 400), (RequestErrors.BadDefinition(["one"]), 400),
            (RequestErrors.NotJson("text/plain"), 415), (RequestErrors.ForeignOrigin("https://else"), 403),
            (RequestErrors.NoWebhook(), 403), (RequestErrors.WrongKey("the header"), 401), (RequestErrors.NoOrigin("Origin"), 400),
            (RequestErrors.BadEvents(1, ["one"]), 400),
            (SurveyErrors.UnknownSurvey("none", []), 404), (SurveyErrors.UnknownTile("none", "x000y000"), 404),
            (SurveyErrors.UnknownMap("none", ["point"]), 404),
            (SurveyErrors.UnknownSlice("none", ["all"]), 404), (SurveyErrors.UnknownQuantity("none", ["ts"]), 404),
            (SurveyErrors.UnknownObservation("small", "none"), 404),
            (RequestErrors.UnknownRevision("map", 3), 404), (RequestErrors.OutsideSurvey("small", "0 0"), 404),
            (RequestErrors.NothingHere("map", null), 404),
            (RequestErrors.NoKey(Permissions.Write), 401), (RequestErrors.ForeignHost("evil.example"), 400),
            (RequestErrors.TooManyStreams(3), 503), (RequestErrors.NotPermitted(Permissions.Write), 403),
            (RequestErrors.BadToken("x"), 401), (RequestErrors.NoIssuer(), 503), (RequestErrors.TooFast("x", 7), 429),
            (RequestErrors.TooManyRunning(3, "requests"), 429), (RequestErrors.TooBusy(3), 503), (RequestErrors.NoDocument(), 404),
            (RequestErrors.SlowBody(TimeSpan.FromSeconds(3)), 408), (RequestErrors.Compressed("gzip"), 415),
            (RequestErrors.TooManyStreamsOfClient(3), 429), (RequestErrors.OnlyHealth(), 404),
            (RequestErrors.CannotWrite("read-only"), 503), (SurveyErrors.UnknownJob("none"), 404), (RequestErrors.DatasetIsThere(1), 409),
            (RequestErrors.NotDone("one", ComputeState.Failed, null), 409),
            (RequestErrors.NoPixels("small"), 404),
        ];
        foreach (var (fault, status) in faults) Assert.Equal((fault.Message, status), (fault.Message, FailureTable.Of(fault).Status));
        Assert.Equal("there is no survey 'none', expected a survey to be created first", faults[8].Fault.Message);
        Assert.Equal(
            "there is no slice 'none', expected one of all; to add a slice, add it to 'slices' in survey.json and restart the servers with "
            + "that definition", faults[11].Fault.Message);
    }
}
