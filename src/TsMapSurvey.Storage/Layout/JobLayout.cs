namespace TsMapSurvey.Storage.Layout;

/// <summary>The names of a job's blobs, see <see cref="StoreLayout"/>. None ends like an observation's, so intake ignores them.</summary>
public readonly record struct JobLayout(string Job)
{
    /// <summary>The prefix of all jobs' blobs.</summary>
    public const string Jobs = StoreLayout.Jobs;

    public string Folder => $"{Jobs}{Job}/";

    public string Record => $"{Folder}job.json";

    public string Result => $"{Folder}flux.maps";

    public string Datasets => $"{Folder}datasets/";

    /// <summary>Whether the id can be a job's.</summary>
    public bool IsValidJobId => !Job.Contains('/', StringComparison.Ordinal) && BlobName.Fault(Record) is null;

    public string Dataset(int dataset) => $"{Datasets}{dataset:D4}.dataset";

    public string Block(int block) => $"{Folder}blocks/{block:D6}.block";

    /// <summary>Written after the block's maps; its presence means that the block is done.</summary>
    public string Facts(int block) => $"{Folder}blocks/{block:D6}.json";

    /// <summary>The first folder below <see cref="Jobs"/> in a blob's name. It need not be a job's.</summary>
    public static string JobOf(string blob) => blob[Jobs.Length..].Split('/')[0];
}
