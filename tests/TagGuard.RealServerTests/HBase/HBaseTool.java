import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.TableName;
import org.apache.hadoop.hbase.client.Admin;
import org.apache.hadoop.hbase.client.BufferedMutator;
import org.apache.hadoop.hbase.client.ColumnFamilyDescriptorBuilder;
import org.apache.hadoop.hbase.client.Connection;
import org.apache.hadoop.hbase.client.ConnectionFactory;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.RegionInfo;
import org.apache.hadoop.hbase.client.Scan;
import org.apache.hadoop.hbase.client.TableDescriptorBuilder;
import org.apache.hadoop.hbase.filter.FilterList;
import org.apache.hadoop.hbase.filter.FirstKeyOnlyFilter;
import org.apache.hadoop.hbase.filter.KeyOnlyFilter;
import org.apache.hadoop.hbase.util.Bytes;

/** HBase's own client as a process that takes one command a line, and answers each with one line: "ok ..." or "fault ...". */
public class HBaseTool {
    static Connection connection;
    static Admin admin;

    public static void main(String[] args) throws Exception {
        connection = ConnectionFactory.createConnection(HBaseConfiguration.create());
        admin = connection.getAdmin();
        System.out.println("ok ready");
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = lines.readLine()) != null; ) {
            try {
                System.out.println("ok " + run(line.split(" ")));
            } catch (Exception fault) {
                System.out.println("fault " + fault.toString().replace('\n', ' '));
            }
        }
        System.exit(0);
    }

    static byte[] bytes(String base64) {
        return base64.equals("-") ? new byte[0] : Base64.getDecoder().decode(base64);
    }

    static String run(String[] words) throws Exception {
        var table = TableName.valueOf(words[1]);
        switch (words[0]) {
            case "create": // create TABLE TTL SPLIT,SPLIT : families f and g
                var builder = TableDescriptorBuilder.newBuilder(table);
                for (var family : new String[] {"f", "g"})
                    builder.setColumnFamily(ColumnFamilyDescriptorBuilder.newBuilder(Bytes.toBytes(family)).setTimeToLive(Integer.parseInt(words[2])).build());
                var splits = Arrays.stream(words[3].split(",")).filter(one -> !one.equals("-")).map(HBaseTool::bytes).toArray(byte[][]::new);
                if (splits.length == 0) admin.createTable(builder.build()); else admin.createTable(builder.build(), splits);
                return "";
            case "fill": // fill TABLE FROM TO FORMAT COLUMN VALUE-FORMAT TIMESTAMP
                try (BufferedMutator to = connection.getBufferedMutator(table)) {
                    for (long i = Long.parseLong(words[2]); i < Long.parseLong(words[3]); i++) {
                        var put = new Put(Bytes.toBytes(String.format(words[4], i)));
                        var column = words[5].split(":");
                        var value = Bytes.toBytes(String.format(words[6], i));
                        if (words[7].equals("-")) put.addColumn(Bytes.toBytes(column[0]), Bytes.toBytes(column[1]), value);
                        else put.addColumn(Bytes.toBytes(column[0]), Bytes.toBytes(column[1]), Long.parseLong(words[7]), value);
                        put.setDurability(org.apache.hadoop.hbase.client.Durability.SKIP_WAL);
                        to.mutate(put);
                    }
                }
                return "";
            case "put": // put TABLE KEY FAMILY:QUALIFIER VALUE TIMESTAMP
                try (var to = connection.getTable(table)) {
                    var column = words[3].split(":");
                    var put = new Put(bytes(words[2]));
                    if (words[5].equals("-")) put.addColumn(Bytes.toBytes(column[0]), Bytes.toBytes(column[1]), bytes(words[4]));
                    else put.addColumn(Bytes.toBytes(column[0]), Bytes.toBytes(column[1]), Long.parseLong(words[5]), bytes(words[4]));
                    to.put(put);
                }
                return "";
            case "delete": // delete TABLE FROM TO FORMAT
                try (BufferedMutator to = connection.getBufferedMutator(table)) {
                    for (long i = Long.parseLong(words[2]); i < Long.parseLong(words[3]); i++)
                        to.mutate(new Delete(Bytes.toBytes(String.format(words[4], i))));
                }
                return "";
            case "flush": admin.flush(table); return "";
            case "split": // split TABLE KEY
                admin.splitRegionAsync(region(table, bytes(words[2])).getRegionName(), bytes(words[2])).get();
                return "";
            case "merge": // merge TABLE KEY : the region of the key and the one behind it
                var first = region(table, bytes(words[2]));
                var second = region(table, first.getEndKey());
                admin.mergeRegionsAsync(new byte[][] {first.getEncodedNameAsBytes(), second.getEncodedNameAsBytes()}, false).get();
                return "";
            case "move": // move TABLE KEY : to another server where there is one, else closed and opened where it is
                admin.move(region(table, bytes(words[2])).getEncodedNameAsBytes());
                return "";
            case "unassign": admin.unassign(region(table, bytes(words[2])).getRegionName(), true); return "";
            case "assign": admin.assign(region(table, bytes(words[2])).getRegionName()); return "";
            case "regions":
                return regions(table).stream().map(one -> Bytes.toStringBinary(one.getStartKey())).collect(Collectors.joining(","));
            case "disable": admin.disableTable(table); return "";
            case "drop":
                if (!admin.tableExists(table)) return "";
                if (admin.isTableEnabled(table)) admin.disableTable(table);
                admin.deleteTable(table);
                return "";
            case "count": // count TABLE CACHING : the server's own scan, one region after the other, and how long it took
                var began = System.nanoTime();
                var scans = regions(table).stream().map(one -> new Scan().setCaching(Integer.parseInt(words[2])).setCacheBlocks(false)
                    .setFilter(new FilterList(new FirstKeyOnlyFilter(), new KeyOnlyFilter()))
                    .withStartRow(one.getStartKey()).withStopRow(one.getEndKey())).collect(Collectors.toList());
                long rows = scans.parallelStream().mapToLong(scan -> count(table, scan)).sum();
                return rows + " " + (System.nanoTime() - began) / 1_000_000;
            default: throw new IllegalArgumentException("unknown: " + words[0]);
        }
    }

    static long count(TableName table, Scan scan) {
        try (var from = connection.getTable(table); var rows = from.getScanner(scan)) {
            long count = 0;
            for (var row : rows) count++;
            return count;
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }

    static List<RegionInfo> regions(TableName table) throws Exception {
        return admin.getRegions(table).stream().sorted(Comparator.comparing(RegionInfo::getStartKey, Bytes.BYTES_COMPARATOR)).collect(Collectors.toList());
    }

    static RegionInfo region(TableName table, byte[] key) throws Exception {
        try (var locator = connection.getRegionLocator(table)) {
            return locator.getRegionLocation(key, true).getRegion();
        }
    }
}
