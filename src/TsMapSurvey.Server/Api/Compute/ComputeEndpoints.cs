using System.Collections.Immutable;
using Microsoft.AspNetCore.Mvc;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Limits;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Server.Settings;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys.Names;

namespace TsMapSurvey.Server.Api.Compute;

/// <summary>The state of a job.</summary>
/// <param name="Blocks">Number of row blocks of the image; 0 until the datasets are read.</param>
/// <param name="Progress">Progress of the computation, from 0 to 1.</param>
/// <param name="Silos">The silos that computed the blocks finished so far.</param>
/// <param name="Reason">Why the job failed.</param>
/// <param name="Warnings">Warnings about the maps.</param>
internal sealed record ComputeAnswer(string Job, ComputeState State, int Blocks, int BlocksDone, double Progress,
    ImmutableArray<string> Silos, DateTimeOffset CreatedAt, string? Reason, ImmutableArray<string> Warnings)
{
    public static ComputeAnswer Of(ComputeStatus status) =>
        new(status.Job, status.State, status.Blocks, status.BlocksDone, status.Progress, status.Silos, status.CreatedAt, status.Reason,
            status.Warnings);
}

/// <summary>
/// Maps of uploaded datasets, computed by all silos. A client opens a job, uploads its datasets, starts it, polls its state, downloads the
/// maps and deletes it.
/// </summary>
internal static class ComputeEndpoints
{
    public const string Path = "/api/compute";
    private const string Tag = "Computing";

    public static void Map(WebApplication app)
    {
        var upload = new RequestSizeLimitAttribute(app.Services.GetRequiredService<ServerSettings>().UploadBytes);
        var jobs = app.MapGroup(Path).AddEndpointFilter<KnownParameters>().WithTags(Tag).ProducesProblem(400).ProducesProblem(503);
        jobs.MapPost("", OpenAsync).WithName("openJob").ProducesProblem(413).ProducesProblem(415)
            .WithSummary("Creates a job. Body: {\"map\": options as of a map in survey.json, \"datasets\": [names of the files to upload]}")
            .Accepts<ComputeBody>("application/json").Produces<ComputeAnswer>(201).ProducesProblem(429);
        var job = jobs.MapGroup("/{job}").ProducesProblem(404).ProducesProblem(409);
        job.MapGet("", GetAsync).WithName("getJob")
            .WithSummary("State of the job. A job is deleted if no client asks for its state for some time");
        job.MapDelete("", DiscardAsync).WithName("deleteJob").WithSummary("Cancels the job and deletes all its data").Produces(204);
        job.MapPost("/datasets/{dataset:int}", ReceiveAsync).WithName("putDataset")
            .WithSummary("Uploads a dataset: a MapDataset FITS file, optionally gzipped. The number is its position in the list, from 0")
            .Accepts<Stream>("application/octet-stream").Produces(204).ProducesProblem(413).WithMetadata(upload, new LongBody());
        job.MapPost("/start", StartAsync).WithName("startJob").WithSummary("Starts the job after all datasets are uploaded")
            .Produces<ComputeAnswer>(202);
        job.MapGet("/maps.fits", MapsAsync).IsCostly().WithName("getMapsOfJob")
            .WithSummary("All quantities of a finished job: FluxMaps FITS").Produces<Stream>(200, MapFile.Fits);
    }

    private static async Task<IResult> OpenAsync(HttpRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) throw RequestErrors.NotJson(request.ContentType);
        using var reader = new StreamReader(request.Body);
        var order = ComputeOrder.Parse(await reader.ReadToEndAsync(cancellationToken));
        var job = await grains.ComputeDesk().Open(new ComputeRequest(order.Map, order.Datasets), cancellationToken);
        return TypedResults.Created($"{Path}/{job}", ComputeAnswer.Of(await grains.ComputeJob(job).GetStatus(cancellationToken)));
    }

    private static async Task<LiveJson<ComputeAnswer>> GetAsync(string job, IGrainFactory grains, CancellationToken cancellationToken) =>
        new(ComputeAnswer.Of(await Find(job, grains).GetStatus(cancellationToken)));

    private static async Task<IResult> ReceiveAsync(
        string job, int dataset, HttpRequest request, IGrainFactory grains, IBlobStore blobs, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var grain = Find(job, grains);
        var blob = await grain.Expect(dataset, cancellationToken);
        // Keeps the job from counting as abandoned during a long upload.
        await using var _ = time.CreateTimer(
            _ => grain.GetStatus(CancellationToken.None).Ignore(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await using var body = new UploadBody(request);
        WriteResult result;
        try
        {
            result = await blobs.WriteAsync(blob, body, WriteCondition.IfAbsent, null, body.Token);
        }
        catch (OperationCanceledException) when (body.Failure is not null)
        {
            throw body.Failure;
        }

        // Repeating an upload after a lost answer is no conflict: the length is the same.
        if (!result.Written && (await blobs.FindAsync(blob, cancellationToken))?.Length != request.ContentLength)
            throw RequestErrors.DatasetIsThere(dataset);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> StartAsync(string job, IGrainFactory grains, CancellationToken cancellationToken) =>
        TypedResults.Accepted($"{Path}/{job}", ComputeAnswer.Of(await Find(job, grains).Start(cancellationToken)));

    private static async Task<IResult> MapsAsync(
        string job, IGrainFactory grains, PublishedMaps published, CancellationToken cancellationToken)
    {
        var status = await Find(job, grains).GetStatus(cancellationToken);
        var blob = status.Blob ?? throw RequestErrors.NotDone(job, status.State, status.Reason);
        return TypedResults.Stream(await published.OpenAsync(blob, cancellationToken), MapFile.Fits, $"{job}.fits");
    }

    private static async Task<IResult> DiscardAsync(string job, IGrainFactory grains, CancellationToken cancellationToken)
    {
        await Find(job, grains).Discard(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Only valid job ids reach a grain.</summary>
    public static IComputeJobGrain Find(string job, IGrainFactory grains) => grains.ComputeJob(SurveyNames.FindJob(job));
}
